import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readExtension } from '../../../server/extension/files'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'extension-files-'))
  mkdirSync(join(folder, 'plugin', 'img'), { recursive: true })
  writeFileSync(join(folder, 'plugin', 'package.json'), '{}')
  writeFileSync(join(folder, 'plugin', 'img', 'icon.svg'), '<svg/>')
})
afterEach(() => rmSync(folder, { recursive: true }))
const list = (...names: string[]) =>
  writeFileSync(join(folder, 'files.txt'), names.map((name) => `${name}\r\n`).join(''))

describe('the files of the Rancher extension', () => {
  it('are the list, the package, and what the list names, with their types', () => {
    list('plugin/img/icon.svg', '')
    const files = readExtension(folder)
    expect([...files].map(([path, { contentType }]) => [path, contentType])).toEqual([
      ['/files.txt', 'text/plain; charset=utf-8'],
      ['/plugin/package.json', 'application/json'],
      ['/plugin/img/icon.svg', 'image/svg+xml'],
    ])
    expect(files.get('/plugin/img/icon.svg')?.body.toString()).toBe('<svg/>')
  })

  it.each(['../secret', 'plugin/../../secret', '/etc/passwd', 'plugin/.env', 'plugin//a', 'plugin\\a', 'other/a.js'])(
    'are refused with the name %s',
    (name) => {
      list(name)
      expect(() => readExtension(folder)).toThrow('is not a file of plugin/')
    },
  )

  it('are refused if one is missing', () => {
    list('plugin/missing.js')
    expect(() => readExtension(folder)).toThrow(/ENOENT/)
  })
})
