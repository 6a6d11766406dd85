/** Actions and settings that the palette offers. */
import { focusPrompt } from '../../utils/chat/promptFocus'
import { languages, isLocaleCode } from '../../i18n'
import type { PaletteItem } from './usePaletteGroups'

export function usePaletteActions() {
  const { t } = useText()
  const palette = usePaletteStore()
  const settings = useSettingsStore()
  const colorMode = useColorMode()
  const router = useRouter()
  const route = useRoute()
  const { exportAs } = useExport()
  const shown = computed(() => [route.params.id].flat()[0])

  function exportsOf(id: string): PaletteItem[] {
    return [
      {
        label: t('conversations.exportMarkdown'),
        icon: 'i-lucide-file-down',
        onSelect: () => void exportAs(id, 'markdown'),
      },
      { label: t('conversations.exportJson'), icon: 'i-lucide-braces', onSelect: () => void exportAs(id, 'json') },
    ]
  }

  return computed((): PaletteItem[] => [
    {
      label: t('app.newConversation'),
      icon: 'i-lucide-plus',
      onSelect: () => void router.push('/').then(focusPrompt),
    },
    ...(shown.value === undefined ? [] : exportsOf(shown.value)),
    { label: t('palette.keys'), icon: 'i-lucide-keyboard', onSelect: () => palette.open('keys') },
    ...(colorMode.forced ? [] : (['system', 'light', 'dark'] as const)).map((mode) => ({
      label: t(`palette.colours.${mode}`),
      icon: { system: 'i-lucide-monitor', light: 'i-lucide-sun', dark: 'i-lucide-moon' }[mode],
      onSelect: () => void (colorMode.preference = mode),
    })),
    {
      label: t(settings.density === 'compact' ? 'palette.comfortable' : 'palette.compact'),
      icon: 'i-lucide-rows-3',
      onSelect: () => void (settings.density = settings.density === 'compact' ? 'comfortable' : 'compact'),
    },
    {
      label: t(settings.times === 'utc' ? 'palette.local' : 'palette.utc'),
      icon: 'i-lucide-clock',
      onSelect: () => void (settings.times = settings.times === 'utc' ? 'local' : 'utc'),
    },
    {
      label: t(settings.wrapLogs ? 'palette.noWrap' : 'palette.wrap'),
      icon: 'i-lucide-wrap-text',
      onSelect: () => void (settings.wrapLogs = !settings.wrapLogs),
    },
    // Each name in its own language, for readers who do not understand the current one.
    ...Object.keys(languages)
      .filter(isLocaleCode)
      .filter((code) => code !== settings.locale)
      .map((code) => ({
        label: languages[code].name,
        icon: 'i-lucide-languages',
        onSelect: () => void (settings.language = code),
      })),
  ])
}
