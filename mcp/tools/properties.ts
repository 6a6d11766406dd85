/** JSON Schemas of shared arguments. Short: the model reads them with every request. */
export const text = { type: 'string' } as const
export const integer = { type: 'integer' } as const
export const boolean = { type: 'boolean' } as const

export function describedText(description: string): { type: 'string'; description: string } {
  return { type: 'string', description }
}
