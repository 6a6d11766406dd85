/** The environment as Markdown tables. */
import { groups } from '../../shared/environment/about'
import type { Program } from '../../shared/environment/about'
import { childNames } from '../../shared/environment/child-names'
import { variables } from '../../shared/environment/schema'
import type { Variable } from '../../shared/environment/schema'
import { defaultText } from './default'

/** All variables of the application, with a heading for each group. */
export function applicationTables(): string {
  return Object.entries(groups)
    .flatMap(([group, title]) => {
      const own = variables.filter((each) => each.group === group)
      return own.length === 0 ? [] : [`### ${title}\n\n${table(own)}`]
    })
    .join('\n\n')
}

/** The few that the README shows. */
export function commonTable(): string {
  return table(variables.filter(({ common }) => common))
}

/** Of one program, without those of the platform. */
export function programTable(program: Program): string {
  return table(
    variables.filter(({ group, programs }) => group !== 'platform' && programs.includes(program)),
    program,
  )
}

/** The allow-list of child processes. */
export function childTable(): string {
  const rows = childNames.map(({ title, names }) => `| ${title} | ${names.map(code).join(', ')} |`)
  const own = variables.filter(({ forChildren }) => forChildren).map(({ name }) => code(name))
  return ['| what | names |', '| --- | --- |', ...rows, `| Of the assistant | ${own.join(', ')} |`].join('\n')
}

function table(shown: readonly Variable[], program: Program = 'app'): string {
  const rows = shown.map(
    (each) => `| ${code(each.name)} | ${defaultText(each, program)} | ${each.text}${each.secret ? ' *Secret.*' : ''} |`,
  )
  return ['| variable | default | what it is |', '| --- | --- | --- |', ...rows].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}
