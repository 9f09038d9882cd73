import { usePanel } from '../panel/panel-context.ts';
import { Sheet } from '../parts/Sheet.tsx';
import { EnterCode } from './EnterCode.tsx';
import './family-sheet.css';
import { MakeCode } from './MakeCode.tsx';
import { MinorCard } from './MinorCard.tsx';
import { MyGuardians } from './MyGuardians.tsx';

/** Who looks after whom: for somebody under 18 their guardians, for an adult the people they look after. */
export function FamilySheet({ onClose }: { onClose: () => void }) {
  const family = usePanel().app.value?.family ?? null;
  if (family === null) return null;
  const minors = family.links.filter(({ role }) => role === 'guardian');
  return (
    <Sheet title={family.minor ? 'Your guardian' : 'Looking after somebody'} onClose={onClose}>
      {family.minor ? (
        <>
          <MyGuardians guardians={family.links} />
          <EnterCode isFirst={family.links.length === 0} />
        </>
      ) : (
        <>
          {minors.map((minor) => (
            <MinorCard key={minor.id} minor={minor} />
          ))}
          <MakeCode isFirst={minors.length === 0} />
        </>
      )}
    </Sheet>
  );
}
