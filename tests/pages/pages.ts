/** A page written for tests, with what a person would call its text, and what they would not. */
export interface TestPage {
  /** File name without `.html`. */
  readonly name: string;
  readonly kind: string;
  readonly kept: readonly string[];
  readonly dropped: readonly string[];
}

export const TEST_PAGES: readonly TestPage[] = [
  {
    name: 'news',
    kind: 'news',
    kept: [
      'After eleven years of arguments',
      'The count ended shortly before midnight',
      '“A bridge is a decision you cannot take back,”',
      'The Halcyon on its last evening run',
      'which kept the list beside the till',
      'What happens now',
      'the highest for any local vote',
    ],
    dropped: [
      ...['Weather warnings', 'Share on Facebook', 'Bridge costs rise', 'never miss a story', 'Seal found asleep'],
      ...['Cheap boots', 'Typical, the bakery', 'Terms of service', '812 partners'],
    ],
  },
  {
    name: 'docs',
    kind: 'documentation',
    kept: [
      ...[
        'Other answers are final.',
        'const client = createClient({',
        '  retries: 3,',
        'A request that is not idempotent',
      ],
      ...['retryUnsafe', 'milliseconds', 'Restart the worker', 'In serverless functions'],
    ],
    dropped: [
      'Installation',
      'Docs home',
      'Previous: Authentication',
      'Was this page helpful',
      'On this page',
      'Built with Heron',
    ],
  },
  {
    name: 'forum',
    kind: 'forum',
    kept: [
      ...['My starter doubles in eight hours', 'Do I need a heater, or patience?', 'with only the lamp on'],
      ...['say 30 per cent instead of 20', 'Cold dough tastes better', 'The lamp did it.', 'oven_spring', 'MillerJo'],
    ],
    dropped: [
      'Please log in or register',
      'Best flour under 2 euros',
      'Post reply',
      '431 guests online',
      'Page 1 of 2',
    ],
  },
  {
    name: 'shop',
    kind: 'shop',
    kept: [
      ...['Northwick enamel kettle', '$54.90', 'The handle folds down', 'Whistle can be switched off'],
      ...['Enamelled steel, 1.2 mm', 'In stock, ships within two days', 'Heats quickly, but the lid gets hot'],
    ],
    dropped: [
      'Winter sale',
      'Free shipping over',
      'Copper trivet',
      'Take 10% off',
      'Returns policy',
      'Join our mailing list',
    ],
  },
  {
    name: 'wiki',
    kind: 'wiki',
    kept: [
      ...['is a flock of', 'Each bird follows its six or seven', 'Peregrine falcons strike', 'Common starling'],
      ...['Sparrowhawks wait in the hedge', '\\frac{1}{N}', 'measures how well the headings agree'],
    ],
    dropped: [
      'Random article',
      'asks for your support',
      '1 Mechanism',
      '[edit]',
      'Schooling fish template',
      'maintenance category',
    ],
  },
  {
    name: 'issue',
    kind: 'issue tracker',
    kept: [
      ...[
        'Since 2.8.0 the cursor lands',
        'Delete the first one.',
        'at restore (history.js:114)',
        'I can reproduce it in Firefox only',
      ],
      ...['Fixed by storing offsets', 'ravi-s', 'lena-w'],
    ],
    dropped: ['Explore repositories', 'Sign up for free', 'you are not receiving notifications', 'Contact Burrow'],
  },
  {
    name: 'table',
    kind: 'tables',
    kept: [
      ...[
        'Totals in millimetres',
        'Quarterly totals',
        'Aldwick',
        '(138)',
        '813',
        'Fallowell',
        '3 February',
        '61.4',
        '44.7',
      ],
      'The gauge at Brackwater was replaced',
    ],
    dropped: ['Radar map', 'Staff login', '2024 totals', 'RSS feed', 'Accessibility statement'],
  },
  {
    name: 'long-form',
    kind: 'long-form',
    kept: [
      ...['In the spring of 1871', 'I. The notebooks', 'The numbers were fence posts', 'the counting is the opinion'],
      ...['three fifths of the fog', 'III. The last winter', 'nineteen posts. Then, in the margin'],
    ],
    dropped: ['Become a member', 'Listen to this story', 'A history of the doorbell', 'Manage cookies'],
  },
  {
    name: 'code',
    kind: 'code',
    kept: [
      ...[
        'It never forgets',
        '    def __init__(self, bits=1 << 16, hashes=4):',
        '        self.field = 0',
        '__contains__',
      ],
      ...[
        'return all(self.field >> (hash((s, item)) % self.bits) & 1',
        'false positives: 0.98%',
        'not enough for a bank',
      ],
    ],
    dropped: ['Copy code', 'atom feed', 'sorting by smell', 'No trackers here'],
  },
  {
    name: 'japanese',
    kind: 'Japanese',
    kept: [
      ...[
        'その図書館の扉が開くのは、日が沈んでからだ。',
        '静かな昼より、にぎやかな夜のほうが本は読まれる',
        '狐の昔話だという。',
      ],
      '費用は約八百万円で',
    ],
    dropped: ['会員ログイン', '駅前の書店が閉店へ', 'シェアする', '今夜の流星群', '無断転載'],
  },
  {
    name: 'arabic',
    kind: 'right to left',
    kept: [
      'بعد انقطاع دام سبع سنوات',
      'دفاتر الطبخ وكتب الخط',
      'ISBN 978-0-306-40615-7',
      'حتى العاشرة ليلا خلال الصيف',
    ],
    dropped: ['اشترك الآن', 'ارتفاع أسعار الورق', 'أبو يوسف', 'جميع الحقوق محفوظة'],
  },
  {
    name: 'app',
    kind: 'single-page app',
    kept: [
      ...[
        'Night train to Lisbon',
        'Four days in October',
        'Board at 21:43 from platform 6',
        'Leave the bags in locker row C',
      ],
      ...['grilled sardines', 'Note from Imani: the museum is closed'],
    ],
    dropped: ['You need to enable JavaScript', 'Account settings', 'Changes saved automatically', 'Export plan'],
  },
  {
    name: 'recipe',
    kind: 'recipe',
    kept: [
      ...['Meine Großmutter gab immer', '250 g Tellerlinsen', '1 l Gemüsebrühe', 'Apfel reiben und in den letzten'],
      'Am nächsten Tag schmeckt sie besser',
    ],
    dropped: ['Kuchen', 'Messerset', 'Blutwurst', 'Kürbissuppe', 'Impressum'],
  },
  {
    name: 'qa',
    kind: 'questions and answers',
    kept: [
      ...[
        'I want to match a run of digits',
        "'a1b22'.match(/\\d*/g)",
        'What is the smallest change',
        'A star means zero or more',
      ],
      ...["'a1b22'.match(/\\d+/g)", 'filter what has no length afterwards'],
    ],
    dropped: ['Ask a question', 'Can a dragon file', 'you agree to our terms', 'About Ask Shed'],
  },
];
