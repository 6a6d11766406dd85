/** What the palette offers for a query: at most 50 rows in all. */
import type { ResourceReference } from '#shared/embed'
import { newDraft } from '../../stores/conversations'
import { focusPrompt } from '../../utils/chat/promptFocus'
import { commands } from '#shared/commands/command-list'
import { readCommand } from '#shared/commands/read-command'
import { readRunbook, type Runbook } from '#shared/commands/runbook'
import { titleIn } from '#shared/commands/runbook-title'
import { INDEXED_KINDS } from '../../utils/prompt/indexedKinds'
import type { Ref } from 'vue'
import { commandIcons, RUNBOOK_ICON } from '../../utils/commands/commandIcons'
import { bestMatches } from '../../utils/prompt/suggestions'

export interface PaletteItem {
  label: string
  icon: string
  suffix?: string
  description?: string
  onSelect: () => void
}

/** Rows of each group; 50 in all. */
const MOST = { conversations: 14, objects: 10, runbooks: 6, commands: 10, actions: 10 }
/** The first letters that are looked up among the objects. */
const LEAST_LETTERS = 2

export function usePaletteGroups(query: Ref<string>) {
  const { t, locale } = useText()
  const palette = usePaletteStore()
  const router = useRouter()
  const embed = useEmbedStore()
  const objectPanel = useObjectStore()
  const names = useNameIndex()
  const actions = usePaletteActions()
  const { find } = useConversationSearch()
  const route = useRoute()
  const conversations = useConversationStore()
  const scope = useScopeStore()
  const runbooks = useRunbookStore()
  void runbooks.load()
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
  /** Runs a text that is complete, or leaves it to be completed. */
  const runOrWrite = (text: string, lacks: boolean) =>
    choose(() => (lacks ? write(`${text} `) : void (embed.question = text)))

  function runbookItem(runbook: Runbook): PaletteItem {
    const text = `/${runbook.name}`
    const own = readRunbook(text, [runbook], scope.namespace)
    return {
      label: text,
      suffix: `${titleIn(runbook.title, locale.value)} · ${t('commands.runbook')}`,
      icon: RUNBOOK_ICON,
      onSelect: runOrWrite(text, own !== undefined && 'problem' in own),
    }
  }

  /** A whole command or runbook that was typed. */
  function typedItem(typed: string): PaletteItem | undefined {
    const command = readCommand(typed)
    const runbook = command ? undefined : readRunbook(typed, runbooks.list, scope.namespace)
    const onSelect = runOrWrite(typed, false)
    if (command && 'input' in command) return { label: typed, icon: commandIcons[command.command.name], onSelect }
    return runbook && 'steps' in runbook ? { label: typed, icon: RUNBOOK_ICON, onSelect } : undefined
  }

  const foundCommands = computed(() => {
    const typed = query.value.trim()
    const whole = typedItem(typed)
    if (whole) return [whole]
    const searched = typed.replace(/^\//, '')
    const runbookText = ({ name, title }: Runbook) => [name, ...Object.values(title)].join(' ')
    const own = bestMatches(searched, runbooks.list, runbookText, MOST.runbooks).map(runbookItem)
    const textOf = ({ name }: (typeof commands)[number]) => `${name} ${t(`commands.about.${name}`)}`
    const found = bestMatches(searched, commands, textOf, MOST.commands).map(({ name, words }): PaletteItem => ({
      label: `/${name}`,
      suffix: t(`commands.about.${name}`),
      icon: commandIcons[name],
      onSelect: runOrWrite(`/${name}`, words.least > 0),
    }))
    return [...own, ...found]
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
