import type { Asked } from '#shared/chat/asked'

/** The user's local time with offset and zone. */
export function askedNow(now = new Date()): Asked {
  const minutes = -now.getTimezoneOffset()
  const local = new Date(now.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  const pair = (value: number) => String(value).padStart(2, '0')
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${pair(Math.floor(size / 60))}:${pair(size % 60)}`
  return { time: local + offset, zone: Intl.DateTimeFormat().resolvedOptions().timeZone }
}
