/** The icons of the commands, and of the operator's runbooks. */
import type { CommandName } from '#shared/commands/command-list'

export const commandIcons: Readonly<Record<CommandName, string>> = {
  diagnose: 'i-lucide-stethoscope',
  changes: 'i-lucide-history',
  pods: 'i-lucide-boxes',
  logs: 'i-lucide-scroll-text',
  events: 'i-lucide-bell',
  top: 'i-lucide-gauge',
  describe: 'i-lucide-file-text',
  get: 'i-lucide-table-2',
  nodes: 'i-lucide-server',
  helm: 'i-lucide-package',
}

export const RUNBOOK_ICON = 'i-lucide-book-marked'
