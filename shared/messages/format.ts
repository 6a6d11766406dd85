/**
 * Fills in a text of the catalogues, in the syntax of vue-i18n: `{name}` is a parameter, `{'@'}` a literal, and ` | `
 * separates plural forms chosen by `{n}`: `none | one | many`, or `one | many`.
 */

const PLACEHOLDER = /\{(?:'([^']*)'|(\w+))\}/g

/** The names of a text's parameters, in order of first use. */
export function placeholders(text: string): string[] {
  const names = [...text.matchAll(PLACEHOLDER)].flatMap(([, , name]) => name ?? [])
  return [...new Set(names)]
}

export function pluralForms(text: string): string[] {
  return text.split(' | ')
}

/**
 * @param values a parameter without a value stays as a placeholder
 * @param count chooses the plural form
 */
export function fillText(
  text: string,
  values: Record<string, string | number>,
  count: string | number | undefined = values.n,
): string {
  const form = chooseForm(pluralForms(text), count)
  return form.replace(PLACEHOLDER, (whole, literal: string | undefined, name: string | undefined) =>
    name === undefined ? (literal ?? '') : Object.hasOwn(values, name) ? String(values[name]) : whole,
  )
}

function chooseForm(forms: readonly string[], count: string | number | undefined): string {
  const [first = ''] = forms
  if (forms.length === 1) return first
  const n = Math.abs(Number(count))
  const at = forms.length === 2 ? (n === 1 ? 0 : 1) : Math.min(n, forms.length - 1)
  return forms[at] ?? first
}
