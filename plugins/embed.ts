/** Connects the page to the host of its frame. Everything for it is loaded only in a frame. */
export default defineNuxtPlugin({
  name: 'embed',
  async setup() {
    if (window.parent === window) return
    const page = {
      store: useEmbedStore(),
      settings: useSettingsStore(),
      colorMode: useColorMode(),
      router: useRouter(),
    }
    const { startInFrame } = await import('../utils/embed/frame')
    startInFrame(page)
  },
})
