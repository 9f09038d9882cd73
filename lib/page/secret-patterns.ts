import { isCardNumber, isIban } from './check-digits.ts';

export type SecretKind = 'key' | 'token' | 'password' | 'email' | 'card' | 'iban';

export interface SecretPattern {
  readonly kind: SecretKind;
  /** Global. The group `secret`, where there is one, is what is masked; else all of it. */
  readonly pattern: RegExp;
  /** A second look at what the pattern found. */
  isSecret?(found: string): boolean;
}

/** What stands at neither end of a secret: it would be a part of a longer word. */
const BEFORE = '(?<![A-Za-z0-9_])';
const AFTER = '(?![A-Za-z0-9_])';

const key = (body: string): SecretPattern => ({
  kind: 'key',
  pattern: new RegExp(`${BEFORE}(?:${body})${AFTER}`, 'g'),
});
const token = (body: string): SecretPattern => ({ ...key(body), kind: 'token' });

/** In order: what an earlier one found is not looked at again. Prefixes are those that the services document. */
export const SECRET_PATTERNS: readonly SecretPattern[] = [
  {
    kind: 'key',
    pattern:
      /-----BEGIN (?:[A-Z0-9]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----(?:[\s\S]{0,20000}?-----END [A-Z0-9 ]{0,40}-----|[A-Za-z0-9+/=\s]*)/g,
  },
  // JSON Web Tokens, and so the keys of Supabase of old
  token('eyJ[A-Za-z0-9_-]{8,}\\.eyJ[A-Za-z0-9_-]{8,}\\.[A-Za-z0-9_-]{8,}'),
  // AWS
  key('(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}'),
  // GitHub, GitLab
  token('gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_[A-Za-z0-9_]{40,255}'),
  token('gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{20,255}'),
  // Slack: tokens and the address of a webhook, which is one
  token('xox[abeoprs]-[A-Za-z0-9-]{10,255}|xapp-[0-9]-[A-Za-z0-9-]{10,255}'),
  {
    kind: 'token',
    pattern: /https:\/\/hooks\.slack\.com\/(?<secret>(?:services|workflows|triggers)\/[A-Za-z0-9/_-]{20,255})/g,
  },
  {
    kind: 'token',
    pattern: /https:\/\/(?:\w+\.)?discord(?:app)?\.com\/api\/webhooks\/(?<secret>\d{10,25}\/[\w-]{20,255})/g,
  },
  // Stripe
  key('(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}|whsec_[A-Za-z0-9+/=]{24,255}'),
  // OpenAI, Anthropic, and those who write keys like them
  key('sk-(?:proj|svcacct|admin|ant|or)-[A-Za-z0-9_-]{20,512}|sk-[A-Za-z0-9]{32,255}'),
  // Supabase
  key('sb_secret_[A-Za-z0-9_-]{16,255}'),
  token('sbp_[a-f0-9]{40}'),
  // Google: keys, client secrets, access tokens
  key('AIza[A-Za-z0-9_-]{35}|GOCSPX-[A-Za-z0-9_-]{20,40}'),
  token('ya29\\.[A-Za-z0-9_-]{20,1024}'),
  // npm, PyPI, Hugging Face, Groq, SendGrid, Twilio, DigitalOcean, Shopify, Linear, Notion, Databricks, Sentry, Vault, Doppler
  token('npm_[A-Za-z0-9]{36}|pypi-AgE[A-Za-z0-9_-]{40,}|hf_[A-Za-z0-9]{30,}|gsk_[A-Za-z0-9]{40,}'),
  key('SG\\.[A-Za-z0-9_-]{16,32}\\.[A-Za-z0-9_-]{32,64}|SK[a-f0-9]{32}|AC[a-f0-9]{32}'),
  token(
    'do[opr]_v1_[a-f0-9]{64}|shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}|lin_api_[A-Za-z0-9]{32,}|(?:ntn|secret)_[A-Za-z0-9]{40,}',
  ),
  token(
    'dapi[a-f0-9]{32}|sntr[yu]s_[A-Za-z0-9+/=_-]{40,}|hv[sb]\\.[A-Za-z0-9_-]{24,}|dp\\.(?:pt|st|ct)\\.[A-Za-z0-9]{40,}',
  ),
  // Telegram
  token('\\d{8,10}:AA[A-Za-z0-9_-]{33}'),
  // An address with name and password: the password
  { kind: 'password', pattern: /\b[a-z][a-z0-9+.-]{1,20}:\/\/[^\s/:@]{1,100}:(?<secret>[^\s/@]{1,200})@[\w.-]/gi },
  // Headers
  {
    kind: 'token',
    pattern:
      /\b(?:authorization|proxy-authorization)["']?\s*[:=]\s*["']?(?:bearer|basic|token)\s+(?<secret>[\w.~+/=-]{8,2000})/gi,
  },
  { kind: 'token', pattern: /\bbearer\s+(?<secret>(?=[\w.~+/-]*\d)[\w.~+/-]{20,2000}=*)/gi },
  {
    kind: 'password',
    // What is assigned to a name like `DB_PASSWORD` or "api-key", in code, JSON, YAML, .env and query strings. A word that only means one stays: see `isValue`.
    pattern:
      /(?<![A-Za-z])(?:[A-Za-z0-9]{1,40}[_.-]){0,5}(?:password|passwd|passphrase|passwort|pwd|secret|api[_-]?key|apikey|access[_-]?key(?:[_-]id)?|secret[_-]?(?:access[_-]?)?key|private[_-]?key|encryption[_-]?key|client[_-]?secret|auth[_-]?token|access[_-]?token|refresh[_-]?token|session[_-]?(?:token|id|key)|token)["']?(?:\s{0,3}(?:=|:=|=>)\s{0,3}|:\s{0,3})(?:"(?<quoted>[^"\n]{4,300})"|'(?<single>[^'\n]{4,300})'|(?<bare>[^\s"'`<>&,;(){}[\]]{6,300}))/gi,
    isSecret: isValue,
  },
  {
    kind: 'email',
    pattern:
      /(?<![\w.+%-])[\p{L}\p{N}](?:[\p{L}\p{N}._%+'-]{0,62}[\p{L}\p{N}_])?@(?:[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?\.){1,5}\p{L}{2,24}(?![\p{L}\p{N}-])/gu,
  },
  // Digits in groups as on cards, in one separator
  {
    kind: 'card',
    pattern:
      /(?<![\w.,/+#-])[2-6]\d{3}([ -]?)\d{4}\1\d{4}\1\d{1,7}(?![\w/-]|[.,]\d)|(?<![\w.,/+#-])3[47]\d{2}([ -]?)\d{6}\2\d{5}(?![\w/-]|[.,]\d)/g,
    isSecret: isCardNumber,
  },
  {
    kind: 'iban',
    pattern: /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[  ]?[A-Z0-9]{4}){2,7}(?:[  ]?[A-Z0-9]{1,4})?(?![A-Za-z0-9])/g,
    isSecret: isIban,
  },
];

/** Whether what is assigned is a value, and not a word about one: no type, placeholder, variable, function or plain English. */
function isValue(value: string): boolean {
  if (/^(?:\$|\{|<|%|process\.|os\.|env\.|import\.|config\.|this\.|self\.|\*+$|x+$|\.+$|…)/i.test(value)) return false;
  if (
    /^(?:string|number|boolean|null|none|undefined|true|false|required|optional|your|changeme|example|https?:)/i.test(
      value,
    )
  )
    return false;
  // One word in letters alone, or a name in code, says what it is; secrets mix.
  return /\d/.test(value)
    ? !/^\d{1,5}$/.test(value)
    : /[^\p{L}\s_.-]/u.test(value) || /\p{Lu}\p{Ll}*\p{Lu}.*\p{Lu}/u.test(value);
}
