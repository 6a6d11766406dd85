/** The program's log: one JSON object for each line of stderr. Over stdio, stdout belongs to the protocol. */

export type LogFields = Record<string, string | number | boolean | undefined>

export interface Log {
  info: (fields: LogFields, message: string) => void
  warn: (fields: LogFields, message: string) => void
  error: (fields: LogFields, message: string) => void
}

/** @param write receives whole lines */
export function createLog(write: (line: string) => void = (line) => void process.stderr.write(line)): Log {
  const print = (level: string) => (fields: LogFields, message: string) =>
    write(`${JSON.stringify({ level, time: new Date().toISOString(), msg: message, ...fields })}\n`)
  return { info: print('info'), warn: print('warn'), error: print('error') }
}
