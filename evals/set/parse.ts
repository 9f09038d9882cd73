import type { Action, Line, Member, Situation, Tag, Talk, Verdict } from './situation.ts';

const TITLE = /^# (.+)$/;
const PEOPLE = /^people: (.+)$/;
const PERSON = /^([a-z0-9_.]{3,30}) \((.+)\)$/;
const TALK = /^## (.+?)(?: \[(.+)\])?$/;
const PAUSE = /^~ (\d+) minutes$/;
const MESSAGE = /^([a-z0-9_.]+)(?: #(\w+))?(?: \^(\w+))?: (.+)$/;
const MORE = /^ {2}\| (.*)$/;
const VERDICT = /^ {2}> (\w+)(?: #(\w+))?(?: \[(\w+(?:, \w+)*)\])?(?: (.+))?$/;

const ACTIONS: readonly string[] = ['reply', 'react', 'silent'] satisfies Action[];
const TAGS: readonly string[] = ['hush', 'hushed', 'other'] satisfies Tag[];

/** A talk while it is read. Lines refer to each other by label. */
interface Draft {
  readonly title: string;
  readonly members: readonly Member[];
  readonly lines: Line[];
  readonly places: Map<string, number>;
}

/**
 * Reads one situation; its notation is explained in evals/README.md. Throws an Error that says what is wrong where, as
 * `planning:12: …`.
 */
export function parseSituation(name: string, source: string): Situation {
  const reader = new Reader(name);
  source.split('\n').forEach((text, index) => {
    reader.read(text.trimEnd(), index + 1);
  });
  return reader.finish();
}

class Reader {
  readonly #name: string;
  #at = 0;
  #title: string | null = null;
  #people: readonly Member[] = [];
  #talks: Draft[] = [];
  #pause = 0;

  constructor(name: string) {
    this.#name = name;
  }

  read(text: string, at: number): void {
    this.#at = at;
    if (text === '') return;
    const [kind, match] = this.#recognise(text);
    switch (kind) {
      case 'title':
        this.#title = match[1] ?? '';
        break;
      case 'people':
        this.#people = this.#readPeople(match[1] ?? '');
        break;
      case 'talk':
        this.#endTalk();
        this.#talks.push(this.#beginTalk(match[1] ?? '', match[2]));
        break;
      case 'pause':
        this.#pause = Number(match[1]);
        break;
      case 'more':
        this.#continue(match[1] ?? '');
        break;
      case 'verdict':
        this.#judge(match);
        break;
      case 'message':
        this.#say(match);
        break;
    }
  }

  finish(): Situation {
    if (this.#title === null) throw this.#fault('a situation begins with its title, “# …”');
    if (this.#talks.length === 0) throw this.#fault('there is no talk: one begins with “## …”');
    this.#endTalk();
    const talks: Talk[] = this.#talks.map(({ title, members, lines }) => ({ title, members, lines }));
    return { name: this.#name, title: this.#title, talks };
  }

  #recognise(text: string) {
    const kinds = {
      title: TITLE,
      people: PEOPLE,
      talk: TALK,
      pause: PAUSE,
      more: MORE,
      verdict: VERDICT,
      message: MESSAGE,
    };
    for (const [kind, pattern] of Object.entries(kinds)) {
      const match = pattern.exec(text);
      if (match !== null) return [kind as keyof typeof kinds, match] as const;
    }
    throw this.#fault(`“${text.trim()}” is neither a message, a verdict nor a heading`);
  }

  #readPeople(text: string): Member[] {
    const people = text.split(', ').map((part) => {
      const [, username = '', name = ''] = PERSON.exec(part) ?? [];
      if (username === '') throw this.#fault(`“${part}” is no person: write “username (Name)”`);
      return { username, name };
    });
    if (new Set(people.map(({ username }) => username)).size < people.length)
      throw this.#fault('somebody is listed twice');
    return people;
  }

  #beginTalk(title: string, who: string | undefined): Draft {
    const members =
      who?.split(', ').map((username) => {
        const member = this.#people.find((person) => person.username === username);
        if (member === undefined) throw this.#fault(`${username} is not among the people of this situation`);
        return member;
      }) ?? this.#people;
    if (members.length < 2) throw this.#fault('a group has at least two people');
    return { title, members, lines: [], places: new Map() };
  }

  #endTalk(): void {
    const talk = this.#talks.at(-1);
    if (talk?.lines.every(({ verdict }) => verdict === null))
      throw this.#fault(`nothing is to be decided in the talk “${talk.title}”`);
    if (this.#pause > 0) throw this.#fault('nothing follows the pause');
  }

  #say([, author = '', label, answered, text = '']: RegExpExecArray): void {
    const talk = this.#talk();
    if (author !== 'ai' && !talk.members.some(({ username }) => username === author))
      throw this.#fault(`${author} is not in the talk “${talk.title}”`);
    const replyTo = answered === undefined ? null : this.#find(answered);
    if (label !== undefined) {
      if (talk.places.has(label)) throw this.#fault(`two messages are called #${label}`);
      talk.places.set(label, talk.lines.length);
    }
    const minutesBefore = this.#pause;
    this.#pause = 0;
    talk.lines.push({ author: author === 'ai' ? null : author, text, replyTo, minutesBefore, verdict: null });
  }

  #continue(text: string): void {
    const { line, replace } = this.#latest();
    replace({ ...line, text: `${line.text}\n${text}` });
  }

  #judge([, action = '', label, tags = '', why = '']: RegExpExecArray): void {
    const { line, place, replace } = this.#latest();
    if (!isAction(action)) throw this.#fault(`“${action}” is not reply, react or silent`);
    if (line.author === null)
      throw this.#fault('what to do is decided after a person’s message, not after the AI’s own');
    if (line.verdict !== null) throw this.#fault('there are two verdicts on one message');
    const target = action === 'silent' ? null : label === undefined ? place : this.#find(label);
    if (action === 'silent' && label !== undefined) throw this.#fault('whoever is silent answers no message');
    if (target !== null && this.#talk().lines[target]?.author === null)
      throw this.#fault(`#${label} is the AI’s own message`);
    const verdict: Verdict = { action, target, tags: this.#readTags(tags, line), why };
    replace({ ...line, verdict });
  }

  #readTags(text: string, { text: said, author, replyTo }: Line): Tag[] {
    const tags = text === '' ? [] : text.split(', ');
    for (const tag of tags) if (!isTag(tag)) throw this.#fault(`“${tag}” is no tag; there are ${TAGS.join(', ')}`);
    if (tags.includes('other') && replyTo === null && !this.#names(said, author))
      throw this.#fault('the message is said to be for somebody by name, and names nobody else');
    return tags.filter(isTag);
  }

  /** Whether a text names a member besides its author, by first name or handle. */
  #names(text: string, author: string | null): boolean {
    const said = text.toLowerCase();
    return this.#talk()
      .members.filter(({ username }) => username !== author)
      .flatMap(({ username, name }) => [`@${username}`, name.split(' ')[0] ?? name])
      .some((called) => said.includes(called.toLowerCase()));
  }

  #find(label: string): number {
    const place = this.#talk().places.get(label);
    if (place === undefined) throw this.#fault(`no earlier message of this talk is called #${label}`);
    return place;
  }

  #talk(): Draft {
    const talk = this.#talks.at(-1);
    if (talk === undefined) throw this.#fault('no talk has begun: one begins with “## …”');
    return talk;
  }

  #latest() {
    const { lines } = this.#talk();
    const place = lines.length - 1;
    const line = lines[place];
    if (line === undefined) throw this.#fault('there is no message yet that this could belong to');
    return { line, place, replace: (changed: Line) => lines.splice(place, 1, changed) };
  }

  #fault(what: string): Error {
    return new Error(`${this.#name}:${this.#at}: ${what}.`);
  }
}

function isAction(text: string): text is Action {
  return ACTIONS.includes(text);
}

function isTag(text: string): text is Tag {
  return TAGS.includes(text);
}
