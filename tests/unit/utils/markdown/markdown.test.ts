import { describe, expect, it } from 'vitest'
import { highlight } from '../../../../utils/markdown/highlight'
import { createBlockParser } from '../../../../utils/markdown/markdownBlocks'

function html(text: string): string {
  return createBlockParser()(text)
    .map((block) => (block.kind === 'html' ? block.html : `[code:${block.language}]${block.text}`))
    .join('')
}

describe('what a model cannot do to the page', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    'a <b onclick="x()">bold</b>',
    '<svg/onload=alert(1)>',
    '<!-- <script>x</script> -->',
  ])('HTML stays text: %s', (source) => {
    expect(html(source)).not.toMatch(/<(?!\/?p>)/)
    expect(html(source)).toContain('&lt;')
  })

  it.each([
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](&#106;avascript:alert(1))',
    '[x](data:text/html,<script>1</script>)',
    '[x](vbscript:x)',
    '[x](file:///etc/passwd)',
    '[x](//evil.example)',
    '[x](#/other)',
    '[x](api/mcp/reconnect)',
    '<javascript:alert(1)>',
    '[x][r]\n\n[r]: javascript:alert(1)',
  ])('no link but to http and https: %s', (source) => {
    expect(html(source)).not.toContain('href')
  })

  it('no image is loaded: its words and its address are text', () => {
    const source = '![chart](https://evil.example/p.png?q=secret) ![](https://evil.example/b.png)'
    expect(html(source)).not.toContain('<img')
    expect(html(source)).toContain('chart (https://evil.example/p.png?q=secret)')
    expect(html('![x](data:image/svg+xml,<svg>)')).not.toContain('<img')
  })

  it('an image inside a link is text too', () => {
    expect(html('[![alt](https://a.example/i.png)](https://b.example/)')).not.toContain('<img')
  })

  it('quotes in an address do not leave the attribute', () => {
    expect(html('[x](https://a.example/"onmouseover="x)')).not.toMatch(/<a[^>]* onmouseover/)
  })
})

describe('links', () => {
  it('open in a new tab and show their target', () => {
    const result = html('[the docs](https://kubernetes.io/docs/)')
    expect(result).toContain(
      '<a href="https://kubernetes.io/docs/" target="_blank" rel="noopener noreferrer nofollow">the docs</a>',
    )
    expect(result).toContain('(https://kubernetes.io/docs/)')
  })

  it('a text that says another address is found out', () => {
    expect(html('[https://good.example](https://evil.example/)')).toContain('(https://evil.example/)')
  })

  it('a bare address is a link, once', () => {
    const result = html('see https://kubernetes.io/docs')
    expect(result).toContain('href="https://kubernetes.io/docs"')
    expect(result).not.toContain('link-target')
  })

  it.each([
    ['a homograph', '[apple](https://аpple.com/)', 'https://xn--pple-43d.com/'],
    ['a homograph that is its own text', '[https://аpple.com/](https://аpple.com/)', 'https://xn--pple-43d.com/'],
    ['an address as a number', '[x](http://2130706433/)', 'http://127.0.0.1/'],
    ['letters in circles', '[x](https://ⓔvil.example/)', 'https://evil.example/'],
    ['a host that is encoded', '[x](https://%65vil.example/)', 'https://evil.example/'],
    ['a text that hides it', '[https://good.example\u202e](https://evil.example/)', 'https://evil.example/'],
    ['a long query', `[x](https://evil.example/?q=${'a'.repeat(500)})`, `https://evil.example/?q=${'a'.repeat(500)}`],
  ])('%s is shown as it is opened', (_, source, target) => {
    expect(html(source)).toContain(`<a href="${target}" target="_blank" rel="noopener noreferrer nofollow">`)
    expect(html(source)).toContain(`<span class="link-target" dir="ltr">(${target})</span>`)
  })

  it.each(['https://аpple.com/a', '<https://xn--pple-43d.com/a>'])(
    'a bare homograph is shown in ASCII: %s',
    (source) => {
      const shown = html(source)
      expect(shown).toContain('>https://xn--pple-43d.com/a</a>')
      expect(shown).not.toContain('а')
    },
  )

  it.each([
    '[x](https://good.example@evil.example/)',
    '[x](https://user:pw@evil.example/)',
    '[x](https://good.example%2f@evil.example/)',
    '[x](https://good.example\\\\@evil.example/)',
    '[x](https://@evil.example/)',
    '[x](https://:@evil.example/)',
    'https://good.example@evil.example/',
    '<https://good.example@evil.example/>',
    '[x](https://[bad/)',
    '[x](http:evil.example)',
    '[x](https:/evil.example)',
    '[x](https:\\\\evil.example)',
    '[x](java\nscript:alert(1))',
    '[x](\u0001javascript:alert(1))',
    '[x](blob:https://evil.example/a)',
    '[x](intent://evil#Intent;end)',
  ])('is not clickable: %s', (source) => {
    expect(html(source)).not.toMatch(/href="[^"]*(?:@|javascript|blob|intent)/i)
    expect(html(source)).not.toMatch(/<a[^>]*>x<\/a>/)
  })

  it('names of the cluster are not links', () => {
    expect(html('cart.shop, cart.shop.svc.cluster.local:80, 10.0.0.1, me@shop.io')).not.toContain('href')
  })
})

describe('text of Kubernetes', () => {
  it('stays as it is', () => {
    expect(html("`kubectl get pods -o jsonpath='{.items}'`")).toContain("jsonpath='{.items}'")
    expect(html('::error and {braces}')).toContain('::error and {braces}')
    expect(html('```yaml\n---\na: 1\n```')).toBe('[code:yaml]---\na: 1')
  })
})

describe('a block at a time', () => {
  const text = [
    '# Title',
    'A paragraph\nof two lines.',
    '- one\n- two\n\n  with a paragraph\n- three',
    '```yaml\nkind: Pod\n\n---\n```',
    '| a | b |\n|---|---|\n| 1 | 2 |',
    '> quote\n> more',
    '1. first\n   ```\n   nested\n   ```\n2. second',
    'The end with [a link](https://a.example).',
  ].join('\n\n')

  it('gives the same blocks for any split of the text', () => {
    const whole = createBlockParser()(text)
    for (const size of [1, 3, 7, 50]) {
      const parse = createBlockParser()
      let blocks = parse('')
      for (let end = size; end < text.length + size; end += size) blocks = parse(text.slice(0, end))
      expect(blocks).toEqual(whole)
    }
    expect(whole).toHaveLength(8)
  })

  it('keeps the objects of finished blocks', () => {
    const parse = createBlockParser()
    const before = parse('one\n\ntwo\n\nthree\n\nfour')
    const after = parse('one\n\ntwo\n\nthree\n\nfour and more')
    expect(after[0]).toBe(before[0])
    expect(after[1]).toBe(before[1])
    expect(after[3]).not.toEqual(before[3])
  })

  it('starts again for another text', () => {
    const parse = createBlockParser()
    parse('one\n\ntwo')
    expect(parse('other')).toEqual(createBlockParser()('other'))
  })

  it('knows when a fence is closed', () => {
    const closed = (source: string) => createBlockParser()(source).map((block) => block.kind === 'code' && block.closed)
    expect(closed('```yaml\na: 1')).toEqual([false])
    expect(closed('```yaml\na: 1\n``')).toEqual([false])
    expect(closed('```')).toEqual([false])
    expect(closed('```yaml\na: 1\n```')).toEqual([true])
    expect(closed('````\n```\n````')).toEqual([true])
  })

  it('reads line ends of Windows', () => {
    expect(createBlockParser()('a\r\n\r\nb')).toHaveLength(2)
  })
})

describe('highlight', () => {
  it('escapes the code it colours', () => {
    expect(highlight('a: "<script>alert(1)</script>"', 'yaml')).not.toContain('<script')
  })

  it('leaves unknown languages and very long texts to be shown plain', () => {
    expect(highlight('x', 'cobol')).toBeUndefined()
    expect(highlight('a: 1\n'.repeat(50_000), 'yaml')).toBeUndefined()
  })
})
