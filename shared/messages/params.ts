/** Made by `npm run messages` from i18n/locales/en/messages: the parameters of each code. */
import type { MessageValue } from './message'

export interface MessageParams {
  // approvals.json
  'approval-too-late': Record<never, never>
  'approval-used': Record<never, never>
  'approval-no-claim': Record<never, never>
  'approval-no-clock': Record<never, never>
  'approval-no-audit': Record<never, never>
  'approval-unverified': Record<never, never>
  'approval-not-valid': { why: MessageValue }
  'why-not-given': Record<never, never>
  'why-other-person': Record<never, never>
  'why-other-conversation': Record<never, never>
  'why-other-call': Record<never, never>
  'why-other-server': Record<never, never>
  'why-other-cluster': Record<never, never>
  'why-other-cluster-now': { before: MessageValue; now: MessageValue }
  'why-other-user-now': { before: MessageValue; now: MessageValue }
  'why-not-identified': { problem: MessageValue }
  'not-verified-word': Record<never, never>
  'approval-declined': Record<never, never>
  'approval-declined-why': { reason: MessageValue }
  'approval-not-approved': Record<never, never>
  'approval-not-in-time': Record<never, never>
  'approval-type-name': { name: MessageValue }
  'approval-arguments-long': { size: MessageValue }
  'approval-arguments-hidden': Record<never, never>
  'approval-arguments-credential': Record<never, never>
  'cluster-not-read': Record<never, never>
  'kube-system-forbidden': { user: MessageValue; namespace: MessageValue }
  'unknown-word': Record<never, never>
  'foreign-call': { tool: MessageValue }
  'foreign-change': { tool: MessageValue; object: MessageValue; namespace: MessageValue }
  'foreign-change-cluster': { tool: MessageValue; object: MessageValue }
  'no-preview': Record<never, never>
  'live-not-read': Record<never, never>
  'live-missing': Record<never, never>
  'live-unreadable': { words: MessageValue }
  'live-large': Record<never, never>
  'command-hidden': Record<never, never>
  'not-verified': Record<never, never>
  'meanwhile-new': { object: MessageValue }
  'meanwhile-gone': { object: MessageValue }
  'meanwhile-replaced': { object: MessageValue }
  'meanwhile-lines': { object: MessageValue; before: MessageValue; now: MessageValue }
  'object-in-namespace': { kind: MessageValue; name: MessageValue; namespace: MessageValue }
  // calls.json
  'call-stopped': Record<never, never>
  'call-stopped-unsent': Record<never, never>
  'call-stopped-unasked': Record<never, never>
  'call-stopped-waiting': Record<never, never>
  'call-not-asked-stopped': Record<never, never>
  'call-not-run': { reason: MessageValue }
  'call-not-asked': { reason: MessageValue }
  'call-not-tried': Record<never, never>
  'call-broken-json': Record<never, never>
  'call-repeated': Record<never, never>
  'call-too-often': { count: MessageValue }
  'call-unreadable': Record<never, never>
  'call-too-many': { count: MessageValue }
  'call-split': { objects: MessageValue }
  'call-split-later': { objects: MessageValue; later: MessageValue }
  'call-several-again': Record<never, never>
  'call-unknown-tool': { name: MessageValue }
  'call-no-verb': { verb: MessageValue }
  'verb-list-releases': Record<never, never>
  'verb-install-charts': Record<never, never>
  'verb-upgrade-releases': Record<never, never>
  'verb-uninstall-releases': Record<never, never>
  'verb-rollouts': Record<never, never>
  'verb-patch': Record<never, never>
  'verb-nodes': Record<never, never>
  'after-result-changed': { tool: MessageValue }
  'after-earlier-object': { tool: MessageValue }
  'tool-not-allowed': { tool: MessageValue; why: MessageValue }
  'why-operator-excluded': Record<never, never>
  'why-runs-commands': Record<never, never>
  'why-prints-kubeconfig': Record<never, never>
  'why-connection': Record<never, never>
  'why-any-kubectl': Record<never, never>
  'why-rewrites-kubeconfig': Record<never, never>
  'why-opens-port': Record<never, never>
  'why-port-forwarding': Record<never, never>
  'why-removes-unlisted': Record<never, never>
  'policy-secrets': Record<never, never>
  'policy-credential': Record<never, never>
  'policy-read-only': { tool: MessageValue; why: MessageValue }
  'policy-read-only-sentence': { tool: MessageValue; why: MessageValue }
  'why-changes-off': Record<never, never>
  'policy-needs-approval': { tool: MessageValue }
  'policy-output': { output: MessageValue }
  'policy-too-deep': { levels: MessageValue }
  'policy-too-long': { size: MessageValue }
  'policy-operator-argument': { name: MessageValue }
  'policy-argument-long': { name: MessageValue }
  'policy-argument-file': { name: MessageValue }
  'policy-argument-flag': { name: MessageValue }
  'policy-argument-controls': { name: MessageValue }
  'policy-not-a-name': { value: MessageValue; name: MessageValue }
  'policy-not-a-kind': { value: MessageValue }
  'policy-clusters': { clusters: MessageValue }
  'policy-no-clusters': Record<never, never>
  'policy-kind-excluded': { kind: MessageValue }
  'policy-namespace-excluded': { namespace: MessageValue }
  'policy-name-namespace': { namespaces: MessageValue }
  'policy-namespaces': { namespaces: MessageValue }
  'policy-no-namespaces': Record<never, never>
  'policy-marker': Record<never, never>
  'policy-invisible': Record<never, never>
  'policy-holds-credential': Record<never, never>
  'policy-not-a-chart': { chart: MessageValue }
  'policy-not-a-repo': { repo: MessageValue }
  'policy-values': Record<never, never>
  'policy-node-log': Record<never, never>
  'policy-not-a-node': { name: MessageValue }
  // kubeconfig.json
  'kubeconfig-no-context': { files: MessageValue; choice: MessageValue }
  'kubeconfig-missing-context': { name: MessageValue; files: MessageValue; choice: MessageValue }
  'kubeconfig-missing-current': { name: MessageValue; files: MessageValue; choice: MessageValue }
  'kubeconfig-no-choice': Record<never, never>
  'kubeconfig-choice': { names: MessageValue }
  'kubeconfig-no-cluster': { name: MessageValue; files: MessageValue }
  'kubeconfig-missing-cluster': { name: MessageValue; cluster: MessageValue; files: MessageValue }
  'kubeconfig-missing-user': { name: MessageValue; user: MessageValue; files: MessageValue }
  'kubeconfig-no-server': { name: MessageValue; files: MessageValue }
  'kubeconfig-bad-server': { name: MessageValue; files: MessageValue }
  'kubeconfig-no-file': { paths: MessageValue }
  'kubeconfig-wrong': { path: MessageValue }
  'kubeconfig-wrong-type': { path: MessageValue; field: MessageValue }
  'kubeconfig-unreadable': { path: MessageValue; reason: MessageValue }
  'reason-permission-denied': Record<never, never>
  'reason-folder': Record<never, never>
  'kubeconfig-bad-yaml': { path: MessageValue; line: MessageValue }
  'kubeconfig-bad-alias': { path: MessageValue }
  // login.json
  'login-ended': Record<never, never>
  'login-nobody': Record<never, never>
  'login-no-user': { variable: MessageValue }
  'login-no-token': { header: MessageValue; request: MessageValue }
  'login-by-token-off': { mode: MessageValue }
  'login-wrong-token': Record<never, never>
  'login-too-many': { seconds: MessageValue }
  'read-only-open-host': { host: MessageValue }
  'read-only-user': { user: MessageValue }
  'read-only-this-user': Record<never, never>
  'host-not-allowed': { host: MessageValue }
  'other-site': Record<never, never>
  // model.json
  'model-not-asked': Record<never, never>
  'model-loading': { model: MessageValue }
  'model-timeout': { url: MessageValue; ms: MessageValue }
  'model-not-ollama': { url: MessageValue }
  'model-missing': { origin: MessageValue; model: MessageValue }
  'model-it-has': { names: MessageValue }
  'model-others': { names: MessageValue }
  'model-no-endpoint': { origin: MessageValue }
  'model-no-tools': { model: MessageValue }
  'model-no-tools-example': { model: MessageValue; example: MessageValue }
  'model-refused': { origin: MessageValue; status: MessageValue }
  'model-busy': { origin: MessageValue; status: MessageValue }
  'model-status': { origin: MessageValue; status: MessageValue }
  'model-status-words': { origin: MessageValue; status: MessageValue; words: MessageValue }
  'model-proxy-down': { origin: MessageValue; status: MessageValue }
  'model-proxy-page': { origin: MessageValue; status: MessageValue }
  'model-cut': Record<never, never>
  'model-broken-call': Record<never, never>
  'model-call-in-text': Record<never, never>
  'model-unchecked': Record<never, never>
  'model-only-repeats': Record<never, never>
  'model-answer-budget': { tokens: MessageValue }
  'model-not-an-answer': { origin: MessageValue; what: MessageValue; status: MessageValue }
  'model-what-page': Record<never, never>
  'model-what-untyped': Record<never, never>
  'model-silent': { time: MessageValue }
  'model-late': { time: MessageValue }
  'model-bad-format': { origin: MessageValue }
  'model-ended': { words: MessageValue }
  'model-broke': Record<never, never>
  'model-broke-code': { code: MessageValue }
  'model-redirect': { origin: MessageValue }
  'model-connection-refused': { origin: MessageValue }
  'model-unknown-host': { origin: MessageValue; code: MessageValue }
  'model-closed': { origin: MessageValue; code: MessageValue }
  'model-unreachable': { origin: MessageValue; reason: MessageValue }
  'model-no-reason': Record<never, never>
  'model-server-unreachable': Record<never, never>
  // plans.json
  'call-split-planned': { objects: MessageValue }
  'command-hidden': Record<never, never>
  'policy-create-command': Record<never, never>
  // session.json
  'mcp-connecting': Record<never, never>
  'mcp-closed': Record<never, never>
  'mcp-not-connected': Record<never, never>
  'mcp-unreachable': { reason: MessageValue }
  'mcp-session-lost': { reason: MessageValue }
  'mcp-reconnect-asked': Record<never, never>
  'mcp-session-closed': Record<never, never>
  'mcp-credentials-renewed': Record<never, never>
  'mcp-no-answer': { seconds: MessageValue }
  'mcp-silent': Record<never, never>
  'mcp-closed-connection': Record<never, never>
  'mcp-ended': { words: MessageValue }
  'mcp-program-ended': { words: MessageValue }
  'mcp-ping': { words: MessageValue }
  'mcp-unreadable': Record<never, never>
  'mcp-tool-timeout': Record<never, never>
  'mcp-tool-timeout-seconds': { seconds: MessageValue }
  'mcp-outcome-unknown': { tool: MessageValue; why: MessageValue; target: MessageValue }
  'mcp-stopped-running': Record<never, never>
  'mcp-answer-unreadable': Record<never, never>
  'mcp-target-any': Record<never, never>
  'mcp-no-plan': Record<never, never>
  'mcp-too-many-users': Record<never, never>
  'cluster-state-unreadable': { words: MessageValue }
  'kubeconfig-moved': { context: MessageValue; files: MessageValue; found: MessageValue; expected: MessageValue }
  'kubeconfig-problem': { path: MessageValue; words: MessageValue }
  // turns.json
  words: { words: MessageValue }
  both: { first: MessageValue; second: MessageValue }
  'window-short-tools': { tokens: MessageValue; wanted: MessageValue }
  'window-few-tools': { tokens: MessageValue; wanted: MessageValue }
  'window-left-out': { tokens: MessageValue }
  'window-too-small': { tokens: MessageValue; wanted: MessageValue }
  'broken-calls': Record<never, never>
  'answer-empty': Record<never, never>
  'turn-exists': Record<never, never>
  'stopping-no-questions': Record<never, never>
  'stopping-soon': { seconds: MessageValue }
  'stopping-cut': Record<never, never>
  stopping: Record<never, never>
  'too-many-questions': { count: MessageValue; seconds: MessageValue }
  'too-many-of-yours': { count: MessageValue; seconds: MessageValue }
  'too-many-a-minute': { count: MessageValue; seconds: MessageValue }
  'too-many-streams': { count: MessageValue; seconds: MessageValue }
  'too-many-in-socket': { count: MessageValue }
  'too-many-reconnects': { count: MessageValue }
  'turn-not-found': Record<never, never>
  'turn-id-invalid': Record<never, never>
  'answer-too-large': Record<never, never>
  unexpected: Record<never, never>
  'request-broke': Record<never, never>
  'socket-message-invalid': { file: MessageValue }
  'body-too-large': { bytes: MessageValue; size: MessageValue }
  'field-problem': { field: MessageValue; problem: MessageValue }
  'field-not-role': Record<never, never>
  'field-no-files': Record<never, never>
  'field-not-parts': Record<never, never>
  'field-not-messages': { shape: MessageValue }
  'field-too-deep': { levels: MessageValue }
  'field-not-array': Record<never, never>
  'field-empty': Record<never, never>
  'field-too-many': { count: MessageValue }
  'field-too-long': { count: MessageValue }
  'field-not-turn-id': Record<never, never>
  'field-not-boolean': Record<never, never>
  'field-not-object': Record<never, never>
  'field-not-string': Record<never, never>
  'field-not-json': Record<never, never>
  'field-invalid': Record<never, never>
  'field-approvals-place': Record<never, never>
  'field-last-not-user': Record<never, never>
  'field-question-empty': Record<never, never>
  'field-not-signed': Record<never, never>
}
