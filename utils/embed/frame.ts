/** The frame's side of the protocol: announces the page until its host answers, and accepts messages of that host. */
import type { Router } from 'vue-router'
import { PROTOCOL, parseHostMessage } from '#shared/embed/protocol'
import type { FrameMessage, HostMessage, Theme } from '#shared/embed/protocol'
import type { useEmbedStore } from '../../stores/embed'
import type { useSettingsStore } from '../../stores/settings'
import { guardFocus } from './focusGuard'
import { allowedOrigins, possibleOrigins } from './origins'

/** The host may begin to listen after the page has started: every half second for half a minute. */
const READY_MS = 500
const READY_TIMES = 60

interface FramedPage {
  store: ReturnType<typeof useEmbedStore>
  settings: ReturnType<typeof useSettingsStore>
  colorMode: { value: string; forced: boolean }
  router: Router
}

/** Call it before the page is mounted. */
export function startInFrame(page: FramedPage): void {
  guardFocus()
  page.store.isStorageDenied = isStorageDenied()
  const hostTheme = followTheme(page)
  void connect((message) => accept(message, page, hostTheme)).then((post) => {
    page.store.post = post
    watch(
      () => page.store.badge,
      (badge) => post({ type: 'badge', ...badge }),
      { immediate: true },
    )
    watch(
      () => [page.router.currentRoute.value.params.id].flat()[0],
      (id) => post({ type: 'conversation', ...(id && { conversation: id }) }),
      { immediate: true },
    )
  })
}

/** @returns once the host has answered, a function that sends it messages */
async function connect(accept: (message: HostMessage) => void): Promise<(message: FrameMessage) => void> {
  const allowed = await allowedOrigins()
  const send = (message: FrameMessage, origin: string) =>
    window.parent.postMessage({ protocol: PROTOCOL, ...message }, origin)
  return await new Promise((resolve) => {
    let left = READY_TIMES
    const announce = () => {
      for (const origin of possibleOrigins(allowed)) send({ type: 'ready' }, origin)
      if (--left === 0) clearInterval(announcing)
    }
    const announcing = setInterval(announce, READY_MS)
    window.addEventListener('message', ({ source, origin, data }: MessageEvent<unknown>) => {
      if (source !== window.parent || !allowed.includes(origin)) return
      const message = parseHostMessage(data)
      if (!message) return
      clearInterval(announcing)
      accept(message)
      resolve((own) => send(own, origin))
    })
    announce()
  })
}

function accept(message: HostMessage, { store, settings }: FramedPage, setTheme: (theme: Theme) => void): void {
  switch (message.type) {
    case 'hello':
      setTheme(message.theme)
      settings.hostLanguage = message.locale
      store.can = message.can
      return store.show(message.context)
    case 'theme':
      return setTheme(message.theme)
    case 'locale':
      settings.hostLanguage = message.locale
      return
    case 'context':
      return store.show(message.context)
    case 'ask':
      return store.ask(message.text, message.context)
  }
}

/** The host's theme is not stored, and stays on every route. */
function followTheme({ colorMode, router }: FramedPage): (theme: Theme) => void {
  let current: Theme | undefined
  router.beforeEach((to) => {
    if (current) to.meta.colorMode = current
  })
  return (theme) => {
    current = theme
    colorMode.forced = true
    colorMode.value = theme
  }
}

/** Browsers deny storage to a frame of another site. */
function isStorageDenied(): boolean {
  try {
    return typeof window.localStorage.length !== 'number'
  } catch {
    return true
  }
}
