/** Parameters that say where a visitor came from, and nothing about the page. */
const NAMES: ReadonlySet<string> = new Set([
  // Google, Microsoft, Yandex, Facebook, Instagram, X, TikTok, LinkedIn, Pinterest, Reddit, Snapchat, Adobe
  ...[
    'gclid',
    'gclsrc',
    'dclid',
    'gbraid',
    'wbraid',
    'srsltid',
    '_ga',
    '_gl',
    'msclkid',
    'yclid',
    'ysclid',
    '_openstat',
  ],
  ...['fbclid', 'fb_action_ids', 'fb_action_types', 'fb_source', 'fb_ref', 'igshid', 'igsh', 'twclid', 'ttclid'],
  ...['li_fat_id', 'trk', 'trkcampaign', 'epik', 'rdt_cid', 'sccid', 's_cid', 's_kwcid', 'ef_id'],
  // Newsletters and shops: Mailchimp, HubSpot, Marketo, Vero, Drip, Klaviyo, Olytics, Omeda, Beehiiv, Branch, Impact, Shopify
  ...[
    'mc_cid',
    'mc_eid',
    '_hsenc',
    '_hsmi',
    '__hssc',
    '__hstc',
    '__hsfp',
    'hsctatracking',
    'mkt_tok',
    'vero_id',
    'vero_conv',
  ],
  ...[
    '__s',
    '_ke',
    '_kx',
    'oly_anon_id',
    'oly_enc_id',
    'rb_clickid',
    'wickedid',
    '_bhlid',
    '_branch_match_id',
    'irclickid',
  ],
  ...[
    'irgwc',
    'cmpid',
    'ncid',
    'ocid',
    'guccounter',
    'guce_referrer',
    'guce_referrer_sig',
    'spm',
    'scm',
    'share_source',
  ],
  // Sharing buttons of YouTube, Spotify, Substack and Medium
  ...[
    'feature',
    'si',
    'pp',
    'r',
    'triedredirect',
    'showwelcomeonshare',
    'publication_id',
    'isfreemail',
    'sk',
    'source',
  ],
]);

/** `r`, `source` and the like are tracking on these hosts and content elsewhere. */
const ONLY_ON: Readonly<Record<string, RegExp>> = {
  feature: /(^|\.)youtu(be\.com|\.be)$/,
  si: /(^|\.)(youtu(be\.com|\.be)|spotify\.com)$/,
  pp: /(^|\.)youtube\.com$/,
  r: /(^|\.)substack\.com$/,
  triedredirect: /(^|\.)substack\.com$/,
  showwelcomeonshare: /(^|\.)substack\.com$/,
  publication_id: /(^|\.)substack\.com$/,
  isfreemail: /(^|\.)substack\.com$/,
  sk: /(^|\.)medium\.com$/,
  source: /(^|\.)medium\.com$/,
  trk: /(^|\.)linkedin\.com$/,
  spm: /(^|\.)(taobao|tmall|aliexpress|alibaba|bilibili)\.com$/,
  scm: /(^|\.)(taobao|tmall|aliexpress|alibaba)\.com$/,
  ncid: /(^|\.)(yahoo|aol|techcrunch)\.com$/,
  ocid: /(^|\.)(msn|bing|microsoft|bbc)\.(com|co\.uk)$/,
};

const PREFIXES = /^(utm_|mtm_|matomo_|pk_|piwik_|stm_|hsa_|itm_|ga_|wt_?mc|at_(medium|campaign|link|custom))/;

/** Whether a query parameter says only where a visitor came from. The host is in lower case. */
export function isTracking(name: string, host: string): boolean {
  const key = name.toLowerCase();
  const only = ONLY_ON[key];
  if (only !== undefined) return only.test(host);
  return NAMES.has(key) || PREFIXES.test(key);
}
