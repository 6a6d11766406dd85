/** The variables of a program as its `--help` shows them. */
import type { Program } from './about'
import { variables } from './schema'

const WIDTH = 24

/** @returns a line for each variable */
export function environmentHelp(program: Program): string {
  return variables
    .filter(({ group, programs }) => group !== 'platform' && programs.includes(program))
    .map(({ name, text }) => `  ${name.padEnd(WIDTH)}${plainText(text)}`)
    .join('\n')
}

/** Without Markdown. */
export function plainText(text: string): string {
  return text.replace(/\[([^\]]+)\]\([^)]+\)/g, '$1').replaceAll('`', '')
}
