/** The palette of ⌘K and the sheet of keys: which one is shown. */
export const usePaletteStore = defineStore('palette', () => {
  const shown = ref<'none' | 'palette' | 'keys'>('none')
  return {
    shown,
    open: (next: 'palette' | 'keys') => void (shown.value = next),
    close: () => void (shown.value = 'none'),
  }
})
