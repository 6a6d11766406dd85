/** True if a text shows a secret, or a piece of it of 60 % of its length; of all of it, up to 12 characters. */
export function shows(text: string, secret: string): boolean {
  const least = secret.length <= 12 ? secret.length : Math.ceil(secret.length * 0.6)
  for (let at = 0; at + least <= secret.length; at++) if (text.includes(secret.slice(at, at + least))) return true
  return false
}
