/** What the palette offers for a query: at most 50 rows in all. */
import type { ResourceReference } from '#shared/embed'
import { newDraft } from '../../stores/conversations'
import { focusPrompt } from '../../utils/chat/promptFocus'
import { commands } from '../../utils/commands/commandList'
import { readCommand } from '../../utils/commands/readCommand'
import { INDEXED_KINDS } from '../../utils/prompt/indexedKinds'
import type { Ref } from 'vue'
import { bestMatches } from '../../utils/prompt/suggestions'

export interface PaletteItem {
  label: string
  icon: string
  suffix?: string
  description?: string
  onSelect: () => void
}

/** Rows of each group; 50 in all. */
const MOST = { conversations: 16, objects: 12, commands: 10, actions: 12 }
/** The first letters that are looked up among the objects. */
const LEAST_LETTERS = 2

export function usePaletteGroups(query: Ref<string>) {
  const { t } = useText()
  const palette = usePaletteStore()
  const router = useRouter()
  const embed = useEmbedStore()
  const objectPanel = useObjectStore()
  const names = useNameIndex()
  const actions = usePaletteActions()
  const { find } = useConversationSearch()
  const route = useRoute()
  const conversations = useConversationStore()
  const objects = shallowRef<ResourceReference[]>([])

  watch(query, async (text) => {
    if (text.trim().length < LEAST_LETTERS || text.startsWith('/')) return
    objects.value = (await Promise.all(INDEXED_KINDS.map(names.objectsOf))).flat()
  })

  function choose(act: () => void): () => void {
    return () => {
      palette.close()
      act()
    }
  }

  function write(text: string): void {
    const id = [route.params.id].flat()[0]
    conversations.setDraft(id !== undefined && conversations.find(id) ? id : newDraft, text)
    focusPrompt()
  }

  const foundConversations = computed(() =>
    find(query.value, MOST.conversations).map(({ id, title, snippet }): PaletteItem => ({
      label: title,
      icon: 'i-lucide-message-square',
      ...(snippet !== undefined && { description: snippet }),
      onSelect: choose(() => void router.push(`/${id}`).then(focusPrompt)),
    })),
  )
  const foundObjects = computed(() =>
    query.value.trim().length < LEAST_LETTERS
      ? []
      : bestMatches(query.value.trim(), objects.value, ({ name }) => name, MOST.objects).map((object): PaletteItem => ({
          label: object.name,
          icon: 'i-lucide-box',
          suffix: [object.kind, object.namespace].filter(Boolean).join(' · '),
          onSelect: choose(() => objectPanel.open(object)),
        })),
  )
  const foundCommands = computed(() => {
    const typed = query.value.trim()
    const complete = readCommand(typed)
    if (complete && 'input' in complete)
      return [{ label: typed, icon: complete.command.icon, onSelect: choose(() => void (embed.question = typed)) }]
    const textOf = ({ name }: (typeof commands)[number]) => `${name} ${t(`commands.about.${name}`)}`
    return bestMatches(typed.replace(/^\//, ''), commands, textOf, MOST.commands).map(
      ({ name, icon, words }): PaletteItem => ({
        label: `/${name}`,
        suffix: t(`commands.about.${name}`),
        icon,
        onSelect: choose(() => (words.least > 0 ? write(`/${name} `) : void (embed.question = `/${name}`))),
      }),
    )
  })
  const foundActions = computed(() =>
    bestMatches(query.value.trim(), actions.value, ({ label }) => label, MOST.actions).map((item) => ({
      ...item,
      onSelect: choose(item.onSelect),
    })),
  )

  return computed(() =>
    [
      { id: 'conversations', label: t('conversations.title'), items: foundConversations.value },
      { id: 'objects', label: t('palette.objects'), items: foundObjects.value },
      { id: 'commands', label: t('palette.commands'), items: foundCommands.value },
      { id: 'actions', label: t('palette.actions'), items: foundActions.value },
    ].map((group) => ({ ...group, ignoreFilter: true })),
  )
}
