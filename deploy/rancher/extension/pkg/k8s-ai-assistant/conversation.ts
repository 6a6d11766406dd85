/** Which conversation the dock shows: it stays over a reload of Rancher, until the browser's tab is closed. */
import { NAME } from './names'

const KEY = `${NAME}/conversation`

/** @param id undefined for a new conversation */
export function keepConversation(id?: string): void {
  if (id === undefined) sessionStorage.removeItem(KEY)
  else sessionStorage.setItem(KEY, id)
}

export function keptConversation(): string | undefined {
  return sessionStorage.getItem(KEY) ?? undefined
}
