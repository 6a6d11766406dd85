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
  'no-more-calls': Record<never, never>
  'more-tools-added': Record<never, never>
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
  // changed.json
  'changed-created': { kind: MessageValue }
  'changed-deleted': Record<never, never>
  'changed-deleting': Record<never, never>
  'changed-digest': { image: MessageValue; container: MessageValue }
  'changed-fields': Record<never, never>
  'changed-node': { type: MessageValue; status: MessageValue; reason: MessageValue }
  'changed-release': { revision: MessageValue; chart: MessageValue; status: MessageValue }
  'changed-replicas': Record<never, never>
  'changed-some-fields': Record<never, never>
  'changed-template': { revision: MessageValue }
  'changed-template-back': { earlier: MessageValue; revision: MessageValue }
  'changes-found': { n: number; time: MessageValue }
  'changes-found-failed': { n: number; time: MessageValue; failed: MessageValue }
  'changes-none': { time: MessageValue }
  'changes-objects-left': { n: number; most: MessageValue }
  // changes.json
  'change-scale': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue; from: MessageValue; to: MessageValue }
  'change-scale-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue; from: MessageValue; to: MessageValue }
  'change-create': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-create-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-apply': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-apply-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-patch': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-patch-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-delete': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-delete-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-restart': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-restart-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-pause': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-pause-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-resume': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-resume-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-undo': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue; from: MessageValue; to: MessageValue }
  'change-undo-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue; from: MessageValue; to: MessageValue }
  'change-set': { container: MessageValue; kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue; changes: MessageValue }
  'change-set-cluster-scoped': { container: MessageValue; kind: MessageValue; name: MessageValue; cluster: MessageValue; changes: MessageValue }
  'change-label': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue; changes: MessageValue }
  'change-label-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue; changes: MessageValue }
  'change-annotate': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue; changes: MessageValue }
  'change-annotate-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue; changes: MessageValue }
  'change-cordon': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-cordon-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-uncordon': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-uncordon-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue }
  'change-drain': { kind: MessageValue; name: MessageValue; namespace: MessageValue; cluster: MessageValue; n: number }
  'change-drain-cluster-scoped': { kind: MessageValue; name: MessageValue; cluster: MessageValue; n: number }
  'change-delete-several': { count: MessageValue; kind: MessageValue; namespace: MessageValue; cluster: MessageValue; names: MessageValue }
  'change-delete-several-cluster-scoped': { count: MessageValue; kind: MessageValue; cluster: MessageValue; names: MessageValue }
  'argument-not-type': { name: MessageValue; type: MessageValue }
  'type-text': Record<never, never>
  'type-integer': Record<never, never>
  'type-number': Record<never, never>
  'type-boolean': Record<never, never>
  'type-object': Record<never, never>
  'type-list': Record<never, never>
  'argument-too-small': { name: MessageValue; minimum: MessageValue }
  'argument-too-large': { name: MessageValue; maximum: MessageValue }
  'argument-out-of-range': { name: MessageValue; minimum: MessageValue; maximum: MessageValue }
  'api-server-differs': { was: MessageValue; found: MessageValue }
  'api-user-differs': { was: MessageValue; found: MessageValue }
  'cluster-uid-differs': { was: MessageValue; found: MessageValue }
  'uid-namespace-differs': { was: MessageValue; found: MessageValue }
  'manifest-problem': { problem: MessageValue }
  'manifest-line': { line: MessageValue; problem: MessageValue }
  'manifest-read-as': { written: MessageValue; read: MessageValue; lines: MessageValue }
  'manifest-field-read-as': { field: MessageValue; written: MessageValue; read: MessageValue; lines: MessageValue }
  'manifest-key-read-as': { written: MessageValue; read: MessageValue; lines: MessageValue }
  'manifest-fields-ignored': { fields: MessageValue }
  'manifest-bad-escape': Record<never, never>
  'manifest-bad-indent': Record<never, never>
  'manifest-scalar-start': Record<never, never>
  'manifest-missing-sign': Record<never, never>
  'manifest-key-or-colon': Record<never, never>
  'manifest-tab-indent': Record<never, never>
  'manifest-escape-slash': Record<never, never>
  'manifest-escape-line': Record<never, never>
  'exists-now': { kind: MessageValue; name: MessageValue }
  'absent-now': { kind: MessageValue; name: MessageValue }
  'replaced-now': { kind: MessageValue; name: MessageValue }
  'recreated-now': { kind: MessageValue; name: MessageValue }
  'shows-change': { kind: MessageValue; name: MessageValue }
  'no-change-shown': { kind: MessageValue; name: MessageValue }
  'still-there': { kind: MessageValue; name: MessageValue }
  'waits-for-finalizers': { kind: MessageValue; name: MessageValue; finalizers: MessageValue }
  'gone-again': { kind: MessageValue; name: MessageValue }
  'not-read-back': { kind: MessageValue; name: MessageValue }
  'not-read-back-deletion': { kind: MessageValue; name: MessageValue }
  'pods-ready': { ready: MessageValue; wanted: MessageValue }
  'replicas-ready': { ready: MessageValue; wanted: MessageValue }
  'replicas-ready-so-far': { counted: MessageValue; seconds: MessageValue }
  'rollout-stays-paused': { counted: MessageValue }
  'pods-refused': { kind: MessageValue; name: MessageValue; reason: MessageValue }
  'fields-taken': { fields: MessageValue; owner: MessageValue }
  'fields-taken-set-back': { taken: MessageValue; write: MessageValue }
  'fields-taken-conflict': { taken: MessageValue; write: MessageValue }
  'write-helm-upgrade': Record<never, never>
  'write-apply': { owner: MessageValue }
  'fields-kept': { owner: MessageValue; fields: MessageValue }
  'and-count-more': { names: MessageValue; count: MessageValue }
  'an-autoscaler': Record<never, never>
  'unknown-client': Record<never, never>
  'no-dry-run': { webhook: MessageValue }
  'api-warning': { text: MessageValue }
  'nothing-changes': { kind: MessageValue; name: MessageValue }
  'changed-meanwhile': Record<never, never>
  'object-changed-meanwhile': { kind: MessageValue; name: MessageValue }
  'tool-defect': { tool: MessageValue }
  'calls-not-tried': { left: MessageValue }
  'cluster-state-not-read': Record<never, never>
  'kind-in': { kind: MessageValue; namespace: MessageValue }
  'kind-everywhere': { kind: MessageValue }
  'delete-unread': { where: MessageValue }
  'delete-no-match': { where: MessageValue; labelSelector: MessageValue }
  'delete-too-many': { labelSelector: MessageValue; count: MessageValue; where: MessageValue; most: MessageValue }
  'not-cordoned': { name: MessageValue }
  'cordoned-already': { name: MessageValue }
  'drain-blocked': { namespace: MessageValue; name: MessageValue; reason: MessageValue }
  'drain-keeps-daemons': { n: number; pods: MessageValue }
  'drain-keeps-static': { n: number; pods: MessageValue }
  'evict-unmanaged': { name: MessageValue }
  'evict-empty-dir': { name: MessageValue; volumes: MessageValue }
  'exists-change-it': { kind: MessageValue; name: MessageValue }
  'exists-in-change-it': { kind: MessageValue; name: MessageValue; namespace: MessageValue }
  'patch-must-be-list': Record<never, never>
  'patch-must-be-object': { type: MessageValue }
  'list-items-dropped': { field: MessageValue; names: MessageValue }
  'labels-absent': { names: MessageValue }
  'annotations-absent': { names: MessageValue }
  'object-no-container': { kind: MessageValue; name: MessageValue; container: MessageValue }
  'it-has': { names: MessageValue }
  'action-of-deployments': { action: MessageValue; kind: MessageValue }
  'action-of-workloads': { action: MessageValue; kind: MessageValue }
  'paused-already': { name: MessageValue }
  'not-paused': { name: MessageValue }
  'revision-is-current': { revision: MessageValue }
  none: Record<never, never>
  'no-earlier-revision': { kind: MessageValue; name: MessageValue; known: MessageValue }
  'rollout-unseen': Record<never, never>
  'replicas-updated-available': { updated: MessageValue; wanted: MessageValue; available: MessageValue }
  'replicas-updated-ready': { updated: MessageValue; wanted: MessageValue; ready: MessageValue }
  'pods-updated-available': { updated: MessageValue; wanted: MessageValue; available: MessageValue }
  'rollout-no-progress': { deadline: MessageValue; counts: MessageValue }
  'rollout-is-paused': { counts: MessageValue }
  'rollout-old-left': { counts: MessageValue; old: MessageValue }
  'rollout-done': { counts: MessageValue }
  'rollout-to-partition': { counts: MessageValue; due: MessageValue; partition: MessageValue }
  'rollout-done-partition': { partition: MessageValue; counts: MessageValue }
  'rollout-by-deletion': { counts: MessageValue }
  'revisions-deleted': { limit: MessageValue; name: MessageValue; oldest: MessageValue }
  // cluster.json
  'argument-twice': { name: MessageValue }
  'argument-missing': { name: MessageValue }
  'arguments-not-object': Record<never, never>
  'arguments-too-deep': { levels: MessageValue }
  'arguments-too-long': { size: MessageValue }
  'arguments-field-name': Record<never, never>
  'argument-one-of': { name: MessageValue; words: MessageValue }
  'argument-no-field': { name: MessageValue; key: MessageValue; keys: MessageValue }
  'argument-unknown': { written: MessageValue; names: MessageValue }
  'namespaces-not-identifying': { user: MessageValue; names: MessageValue; namespace: MessageValue }
  'cluster-changed': { parts: MessageValue }
  'manifest-empty': Record<never, never>
  'manifest-secret': Record<never, never>
  'manifest-character': { code: MessageValue }
  'manifest-after-marker': Record<never, never>
  'manifest-directives': Record<never, never>
  'manifest-fence': Record<never, never>
  'manifest-too-long': { size: MessageValue }
  'manifest-forbidden-key': { key: MessageValue }
  'manifest-not-json': Record<never, never>
  'manifest-half-character': Record<never, never>
  'manifest-field-twice': { name: MessageValue }
  'manifest-no-object': Record<never, never>
  'manifest-list-items': Record<never, never>
  'manifest-items-of-list': Record<never, never>
  'manifest-field-spelling': { key: MessageValue; field: MessageValue }
  'manifest-api-version': Record<never, never>
  'manifest-kind': Record<never, never>
  'manifest-metadata': { kind: MessageValue }
  'manifest-name-text': Record<never, never>
  'manifest-name-invalid': { name: MessageValue }
  'manifest-name-missing': { kind: MessageValue }
  'manifest-generate-name': Record<never, never>
  'manifest-generate-name-use': Record<never, never>
  'manifest-namespace': Record<never, never>
  'manifest-names-with-texts': { field: MessageValue }
  'manifest-value-text': { key: MessageValue; each: MessageValue; field: MessageValue }
  'manifest-too-deep': { levels: MessageValue }
  'manifest-anchors': Record<never, never>
  'manifest-aliases': Record<never, never>
  'manifest-tags': Record<never, never>
  'manifest-unquoted-brackets': Record<never, never>
  'manifest-question-key': Record<never, never>
  'manifest-colon-line': Record<never, never>
  'manifest-colon-space': Record<never, never>
  'manifest-block-end': Record<never, never>
  'manifest-tabs': Record<never, never>
  'manifest-next-document': Record<never, never>
  'manifest-not-yaml': Record<never, never>
  'manifest-key-text': Record<never, never>
  'manifest-merge-keys': Record<never, never>
  'manifest-key-line': Record<never, never>
  'manifest-key-quotes': Record<never, never>
  'manifest-not-a-number': { number: MessageValue }
  'manifest-number-large': { number: MessageValue }
  'manifest-number-small': { number: MessageValue }
  'no-plan-possible': Record<never, never>
  'object-error': { kind: MessageValue; name: MessageValue; error: MessageValue }
  'object-changes-too-often': { kind: MessageValue; name: MessageValue; seconds: MessageValue }
  'json-patch-misfit': { kind: MessageValue; name: MessageValue }
  'kind-not-writable': { kind: MessageValue }
  'tool-no-argument': { tool: MessageValue; written: MessageValue; keys: MessageValue }
  'tool-needs-argument': { tool: MessageValue; name: MessageValue }
  'revision-not-number': Record<never, never>
  'argument-not-text': { name: MessageValue }
  'argument-too-long': { name: MessageValue; most: MessageValue }
  'release-name-invalid': { name: MessageValue }
  'namespace-invalid': { namespace: MessageValue }
  'chart-invalid': { chart: MessageValue }
  'chart-repo-invalid': { repo: MessageValue }
  'chart-version-invalid': { version: MessageValue }
  'chart-stored-invalid': { from: MessageValue }
  'chart-needs-repo': { list: MessageValue }
  'chart-missing': { from: MessageValue }
  'chart-other-version': { found: MessageValue; wanted: MessageValue }
  'chart-too-large': { root: MessageValue; size: MessageValue }
  'chart-incomplete': Record<never, never>
  'helm-dry-run-unexpected': Record<never, never>
  'helm-stopped': Record<never, never>
  'helm-refuses': { words: MessageValue }
  'arguments-form': Record<never, never>
  'values-not-object': Record<never, never>
  'values-too-long': { size: MessageValue }
  'values-several': Record<never, never>
  'values-secret': Record<never, never>
  'values-masked': { path: MessageValue; mask: MessageValue }
  'values-credential': { path: MessageValue }
  'values-invisible': { path: MessageValue }
  'release-name-needed': Record<never, never>
  'release-not-helm-3': Record<never, never>
  'release-too-large': { size: MessageValue }
  'helm-secrets': { error: MessageValue }
  'api-answer-too-large': { size: MessageValue }
  'api-not-kubernetes': { server: MessageValue }
  'api-unexpected': Record<never, never>
  unreachable: { server: MessageValue; reason: MessageValue }
  'api-other-cluster': { server: MessageValue; uid: MessageValue; found: MessageValue }
  'api-no-answer-to-change': { error: MessageValue }
  'login-unreadable': { user: MessageValue; origin: MessageValue; raw: MessageValue }
  'login-program-failed': { program: MessageValue; reason: MessageValue }
  'context-moved': { context: MessageValue; origin: MessageValue; found: MessageValue; expected: MessageValue }
  'kind-in-other-groups': { kind: MessageValue; where: MessageValue; groups: MessageValue }
  'fields-not-described': { what: MessageValue }
  'no-openapi': Record<never, never>
  'api-unknown-host': { host: MessageValue; cluster: MessageValue }
  'api-timeout': { server: MessageValue }
  'api-unauthorized': { user: MessageValue; origin: MessageValue }
  'list-changed': Record<never, never>
  'api-busy': Record<never, never>
  'unknown-outcome': { error: MessageValue }
  'name-in-namespaces': { count: MessageValue; kind: MessageValue; name: MessageValue; namespaces: MessageValue }
  'nothing-to-change': { tool: MessageValue }
  'plan-one-object': Record<never, never>
  'plan-needed': { tool: MessageValue }
  'plans-only': { tool: MessageValue }
  'phase-unknown': { tool: MessageValue }
  'credentials-unknown': Record<never, never>
  'server-not-expected': { expected: MessageValue; server: MessageValue }
  'kubeconfig-none': { path: MessageValue }
  'argument-not-above-zero': { name: MessageValue }
  'argument-not-boolean': { name: MessageValue }
  'argument-controls': { name: MessageValue }
  'argument-not-a-name': { value: MessageValue; name: MessageValue }
  'describe-needs': Record<never, never>
  'not-a-time': { text: MessageValue }
  'explain-needs': Record<never, never>
  'kind-not-listable': { kind: MessageValue }
  'count-by-unknown': { plural: MessageValue; by: MessageValue; columns: MessageValue }
  'sort-by-unknown': { word: MessageValue; columns: MessageValue }
  'pod-deleted-meanwhile': { name: MessageValue; namespace: MessageValue }
  'pod-no-container': { name: MessageValue }
  'pod-unknown-form': Record<never, never>
  'name-a-pod': Record<never, never>
  'not-a-time-write': { text: MessageValue }
  'kind-has-no-log': { kind: MessageValue }
  'rollout-needs-name': Record<never, never>
  'kind-has-no-rollouts': { kind: MessageValue }
  'rollout-action-read': { action: MessageValue }
  'revision-missing': { kind: MessageValue; name: MessageValue; number: MessageValue; known: MessageValue }
  'top-kinds': { plural: MessageValue }
  'container-not-called': { container: MessageValue; names: MessageValue }
  'cordon-kinds': { resource: MessageValue }
  'delete-one-of-both': Record<never, never>
  'delete-needs-resource': Record<never, never>
  'delete-needs-name': Record<never, never>
  'delete-nothing-fits': Record<never, never>
  'drain-unread': { node: MessageValue }
  'drain-too-many': { node: MessageValue; count: MessageValue; most: MessageValue }
  'argument-not-json': { name: MessageValue }
  'argument-masked': { path: MessageValue; mask: MessageValue }
  'namespaces-differ': { kind: MessageValue; name: MessageValue; own: MessageValue; written: MessageValue }
  'kind-elsewhere': { kind: MessageValue; apiVersion: MessageValue; other: MessageValue; found: MessageValue }
  'pair-name-invalid': { key: MessageValue; name: MessageValue }
  'pair-twice': { name: MessageValue; key: MessageValue }
  'argument-empty': { name: MessageValue }
  'argument-not-pairs': { name: MessageValue }
  'pairs-plain-values': { name: MessageValue; other: MessageValue }
  'pair-removes-and-sets': { key: MessageValue }
  'pair-value-text': { key: MessageValue; name: MessageValue }
  'pair-no-value': { part: MessageValue; name: MessageValue }
  'pair-ambiguous': { part: MessageValue; name: MessageValue }
  'patch-not-object': Record<never, never>
  'patch-operation': Record<never, never>
  'patch-empty': Record<never, never>
  'patch-type-unknown': { written: MessageValue }
  'argument-not-whole': { name: MessageValue }
  'value-not-possible': { written: MessageValue; name: MessageValue; words: MessageValue }
  'rollout-needs-action': Record<never, never>
  'revision-with-undo': { action: MessageValue }
  'rollout-paused-restart': { kind: MessageValue; name: MessageValue }
  'rollout-paused-undo': { kind: MessageValue; name: MessageValue }
  'scale-needs-replicas': Record<never, never>
  'kind-not-scalable': { kind: MessageValue }
  'set-needs-something': Record<never, never>
  'kind-no-containers': { kind: MessageValue }
  'set-several-images': Record<never, never>
  'set-two-containers': { container: MessageValue; named: MessageValue }
  'image-invalid': { image: MessageValue }
  'set-resources': Record<never, never>
  'several-containers': { kind: MessageValue; name: MessageValue; names: MessageValue }
  'name-missing': Record<never, never>
  'name-one-object': Record<never, never>
  'resource-missing': Record<never, never>
  'one-namespace': Record<never, never>
  'name-objects': Record<never, never>
  'argument-not-returned': { written: MessageValue; argument: MessageValue }
  'kind-in-several-groups': { kind: MessageValue; groups: MessageValue }
  'secrets-not-here': Record<never, never>
  'kind-about-credentials': { kind: MessageValue }
  'arguments-incomplete': { tool: MessageValue }
  'reason-refused': Record<never, never>
  'reason-reset': Record<never, never>
  'reason-no-route': Record<never, never>
  'reason-network': Record<never, never>
  'reason-timeout': Record<never, never>
  'reason-closed': Record<never, never>
  'reason-no-tls': Record<never, never>
  'reason-failed': Record<never, never>
  'certificate-expired': { cluster: MessageValue }
  'certificate-other-host': { cluster: MessageValue; path: MessageValue }
  'certificate-unknown-authority': { path: MessageValue; cluster: MessageValue }
  'api-not-found': Record<never, never>
  'api-refused': Record<never, never>
  'api-error': { words: MessageValue }
  'api-error-reason': { reason: MessageValue; words: MessageValue }
  'api-forbidden': Record<never, never>
  'forbidden-in': { user: MessageValue; verb: MessageValue; resource: MessageValue; namespace: MessageValue }
  'forbidden-all': { user: MessageValue; verb: MessageValue; resource: MessageValue }
  'forbidden-verb': { user: MessageValue; verb: MessageValue; resource: MessageValue }
  'dry-run-unsupported': { webhook: MessageValue }
  'admission-denied': { policy: MessageValue; reason: MessageValue }
  'reason-none-given': Record<never, never>
  'webhook-failed': { webhook: MessageValue; reason: MessageValue }
  'pod-security-refused': { level: MessageValue; reason: MessageValue }
  'quota-exceeded': { quota: MessageValue; parts: MessageValue }
  'quota-count': { limit: MessageValue; what: MessageValue; now: MessageValue; asked: MessageValue }
  'quota-count-one': { limit: MessageValue; what: MessageValue; now: MessageValue; asked: MessageValue }
  'quota-amount': { limit: MessageValue; what: MessageValue; now: MessageValue; asked: MessageValue }
  'quota-must-specify': { quota: MessageValue; fields: MessageValue }
  'limit-exceeded': { limits: MessageValue }
  'limit-exceeded-named': { name: MessageValue; limits: MessageValue }
  'limit-minimum': { limit: MessageValue; what: MessageValue; type: MessageValue; given: MessageValue }
  'limit-maximum': { limit: MessageValue; what: MessageValue; type: MessageValue; given: MessageValue }
  'limit-none-given': Record<never, never>
  'limit-asked': { asked: MessageValue }
  'limit-ratio': { ratio: MessageValue; what: MessageValue; asked: MessageValue }
  'list-semicolon': { first: MessageValue; second: MessageValue }
  'list-and': { first: MessageValue; second: MessageValue }
  either: { first: MessageValue; last: MessageValue }
  'namespace-terminating': { namespace: MessageValue }
  'eviction-not-allowed': Record<never, never>
  'eviction-not-allowed-why': { reason: MessageValue }
  'fields-owned-by-others': { fields: MessageValue }
  'already-exists': { name: MessageValue }
  'already-exists-it': Record<never, never>
  'replaced-meanwhile-it': Record<never, never>
  'replaced-meanwhile': { name: MessageValue }
  'modified-meanwhile-it': Record<never, never>
  'modified-meanwhile': { name: MessageValue }
  'immutable-template': { kind: MessageValue }
  'immutable-named': { fields: MessageValue; kind: MessageValue }
  'immutable-named-only': { fields: MessageValue; kind: MessageValue; allowed: MessageValue }
  'immutable-this': { kind: MessageValue }
  'immutable-this-only': { kind: MessageValue; allowed: MessageValue }
  'object-invalid': { object: MessageValue; problems: MessageValue }
  'did-you-mean': { names: MessageValue }
  'namespace-missing': { namespace: MessageValue }
  'object-missing-in': { kind: MessageValue; name: MessageValue; namespace: MessageValue }
  'object-missing-anywhere': { kind: MessageValue; name: MessageValue }
  'object-missing': { kind: MessageValue; name: MessageValue }
  'near-names': { names: MessageValue }
  'others-there': { count: MessageValue }
  'others-named': { count: MessageValue; names: MessageValue }
  'may-not-list': { user: MessageValue; plural: MessageValue }
  'kubeconfig-names-namespace': { namespace: MessageValue }
  'may-not-list-any': { user: MessageValue; plural: MessageValue; count: MessageValue }
  'may-not-list-in': { user: MessageValue; plural: MessageValue; namespaces: MessageValue }
  'and-more': { names: MessageValue; count: MessageValue }
  'list-cut': { shown: MessageValue }
  'list-cut-of': { shown: MessageValue; total: MessageValue }
  'events-of-earlier-object': { n: number; kind: MessageValue; name: MessageValue }
  'login-program-missing': { program: MessageValue }
  'login-program-hint': { hint: MessageValue }
  'login-no-credential': Record<never, never>
  'request-not-sent': { method: MessageValue; path: MessageValue }
  'kind-unknown': { name: MessageValue }
  'apis-unreachable': { apis: MessageValue }
  'namespaces-denied': { readCount: MessageValue; total: MessageValue; read: MessageValue; user: MessageValue; plural: MessageValue; unread: MessageValue }
  'namespaces-hidden': { read: MessageValue; user: MessageValue; plural: MessageValue }
  'namespaces-excluded': { namespaces: MessageValue }
  'changed-while-reading': Record<never, never>
  // consequences.json
  'rollout-resumes': Record<never, never>
  'rollout-paused': Record<never, never>
  'rollout-on-delete': Record<never, never>
  'rollout-restarts': { pods: MessageValue }
  'rollout-new-pods': Record<never, never>
  'rollout-next-run': Record<never, never>
  'rollout-recreates': { pods: MessageValue }
  'rollout-at-once': { pods: MessageValue }
  'rollout-surge': { pods: MessageValue; surge: MessageValue }
  'rollout-rolling': { pods: MessageValue; unavailable: MessageValue }
  'rollout-partition': { pods: MessageValue; all: MessageValue; partition: MessageValue }
  'claims-unknown': { reason: MessageValue }
  'namespace-not-undone': Record<never, never>
  'namespace-empty': { namespace: MessageValue }
  'kinds-unread-more': { kinds: MessageValue; others: MessageValue; reason: MessageValue }
  'kinds-unread': { kinds: MessageValue; reason: MessageValue }
  'pod-unmanaged': Record<never, never>
  'pod-local-data': { volumes: MessageValue }
  'pod-forced': Record<never, never>
  'claims-kept': { n: number }
  'claims-deleted': { n: number }
  'not-undone': Record<never, never>
  'owned-kept': { objects: MessageValue }
  'owned-deleted': { objects: MessageValue }
  'volume-bound': { claim: MessageValue; namespace: MessageValue }
  'volume-storage': Record<never, never>
  'scale-to-none': { pods: MessageValue }
  'scale-down': { count: MessageValue; from: MessageValue }
  'service-waits': { name: MessageValue }
  'service-without-pods': { name: MessageValue }
  'service-loses-pods': { name: MessageValue; lost: MessageValue; all: MessageValue }
  'service-routed': { names: MessageValue }
  'claim-used': { pods: MessageValue }
  'used-by-pods': { pods: MessageValue }
  finalizers: { finalizers: MessageValue }
  'deployed-kept': { name: MessageValue }
  'immutable-fields': { kind: MessageValue; fields: MessageValue }
  'volumes-deleted': { volumes: MessageValue }
  'volumes-kept': { volumes: MessageValue }
  'volumes-unknown': { volumes: MessageValue; reason: MessageValue }
  'node-uncordon': Record<never, never>
  'node-cordon': { pods: MessageValue }
  'node-pods': { pods: MessageValue }
  'node-returns': Record<never, never>
  'crd-not-undone': Record<never, never>
  'crd-not-served': { kind: MessageValue }
  'crd-not-counted': { kind: MessageValue; reason: MessageValue }
  'crd-empty': { kind: MessageValue }
  'crd-objects-at-least': { kind: MessageValue; objects: MessageValue }
  'crd-objects': { objects: MessageValue }
  'read-too-many-kind': { plural: MessageValue }
  pods: { n: number }
  objects: { n: number }
  volumes: { n: number }
  'deployed-deleted': { name: MessageValue }
  'deployed-deleted-count': { objects: MessageValue; name: MessageValue }
  'namespace-contents': { namespace: MessageValue; total: MessageValue; contents: MessageValue }
  'namespace-contents-at-least': { namespace: MessageValue; total: MessageValue; contents: MessageValue }
  'namespace-contents-more': { namespace: MessageValue; total: MessageValue; contents: MessageValue; others: MessageValue; kinds: MessageValue }
  'namespace-contents-at-least-more': { namespace: MessageValue; total: MessageValue; contents: MessageValue; others: MessageValue; kinds: MessageValue }
  // findings.json
  'api-unavailable': Record<never, never>
  'argo-error': { condition: MessageValue }
  'argo-health': { health: MessageValue }
  'argo-sync-failed': Record<never, never>
  'attachment-failed': { name: MessageValue; node: MessageValue }
  'autoscaler-failing': Record<never, never>
  'autoscaler-maximum': { maximum: MessageValue; load: MessageValue; target: MessageValue }
  'autoscaler-metrics': Record<never, never>
  'autoscaler-request': { resource: MessageValue }
  'autoscaler-target': { target: MessageValue }
  'backend-missing': { name: MessageValue }
  'backend-port': { name: MessageValue; port: MessageValue }
  'backend-silent': { name: MessageValue }
  'balancer-failed': Record<never, never>
  'balancer-pending': Record<never, never>
  'budget-blocks': { node: MessageValue; healthy: MessageValue; wanted: MessageValue }
  'budget-sync': Record<never, never>
  'certificate-over': { time: MessageValue }
  'certificate-soon': { time: MessageValue }
  'claim-class-missing': { name: MessageValue }
  'claim-failed': { name: MessageValue }
  'claim-lost': { volume: MessageValue }
  'claim-missing': { name: MessageValue }
  'claim-no-default-class': Record<never, never>
  'claim-no-volume': Record<never, never>
  'claim-waiting': { name: MessageValue }
  'configmap-key-missing': { name: MessageValue; key: MessageValue }
  'configmap-missing': { name: MessageValue }
  'crash-address-in-use': { container: MessageValue }
  'crash-architecture': { container: MessageValue }
  'crash-certificate': { container: MessageValue }
  'crash-disk-full': { container: MessageValue }
  'crash-file': { container: MessageValue }
  'crash-forbidden': { container: MessageValue }
  'crash-login': { container: MessageValue }
  'crash-memory': { container: MessageValue }
  'crash-permission': { container: MessageValue }
  'crash-read-only': { container: MessageValue }
  'crash-refused': { container: MessageValue; host: MessageValue }
  'crash-timeout': { container: MessageValue; host: MessageValue }
  'crash-unknown-host': { container: MessageValue; host: MessageValue }
  'crash-variable': { container: MessageValue; name: MessageValue }
  'cron-blocked': { job: MessageValue }
  'cron-not-started': Record<never, never>
  'custom-bad': { reason: MessageValue }
  'deletion-finalizers': { finalizers: MessageValue }
  'deletion-stuck': Record<never, never>
  'diagnose-bad': { object: MessageValue; cause: MessageValue }
  'diagnose-bad-more': { object: MessageValue; cause: MessageValue; n: number }
  'diagnose-cut': { most: MessageValue; kinds: MessageValue }
  'diagnose-kinds-left': { n: number }
  'diagnose-ok': { n: number; checks: MessageValue }
  'diagnose-unknown': Record<never, never>
  'diagnose-unread': { kinds: MessageValue; reason: MessageValue }
  'evidence-classes': { names: MessageValue }
  'evidence-host': { variable: MessageValue; container: MessageValue; host: MessageValue }
  'evidence-labels': { labels: MessageValue }
  'evidence-last-end': { container: MessageValue; reason: MessageValue; code: MessageValue; count: MessageValue }
  'evidence-near-services': { names: MessageValue }
  'evidence-no-pull-secret': { name: MessageValue }
  'evidence-ports': { ports: MessageValue }
  'evidence-request': { resource: MessageValue; wanted: MessageValue; largest: MessageValue }
  'exit-code': { container: MessageValue; code: MessageValue }
  'exit-completed': { container: MessageValue }
  'exit-init': { container: MessageValue; code: MessageValue }
  'exit-killed': { container: MessageValue }
  'exit-no-command': { container: MessageValue }
  'exit-not-executable': { container: MessageValue }
  'exit-segmentation': { container: MessageValue }
  'fleet-not-ready': { condition: MessageValue }
  'flux-not-ready': { reason: MessageValue }
  'flux-source': { reason: MessageValue }
  'image-certificate': { image: MessageValue }
  'image-denied': { image: MessageValue }
  'image-name-invalid': { image: MessageValue }
  'image-never': { image: MessageValue }
  'image-not-found': { image: MessageValue }
  'image-other': { image: MessageValue }
  'image-platform': { image: MessageValue }
  'image-rate': { image: MessageValue }
  'image-unreachable': { image: MessageValue }
  'ingress-class': { name: MessageValue }
  'ingress-no-class': Record<never, never>
  'ingress-secret': { name: MessageValue }
  'init-not-ending': { container: MessageValue }
  'job-deadline': { seconds: MessageValue }
  'job-failed': { count: MessageValue }
  'memory-limit': { container: MessageValue; limit: MessageValue }
  'memory-of-node': { container: MessageValue }
  'namespace-discovery': Record<never, never>
  'namespace-stuck': Record<never, never>
  'node-not-ready': { age: MessageValue }
  'node-pressure': { condition: MessageValue }
  'node-silent': { age: MessageValue }
  'not-accepted': { condition: MessageValue; reason: MessageValue }
  'pod-evicted': Record<never, never>
  'pod-evicted-resource': { resource: MessageValue }
  'pod-node-lost': { node: MessageValue }
  'policy-blocks': { policy: MessageValue; service: MessageValue }
  'probe-liveness': { container: MessageValue }
  'probe-readiness': { container: MessageValue }
  'probe-readiness-port': { container: MessageValue; port: MessageValue; ports: MessageValue }
  'probe-startup': { container: MessageValue }
  'readiness-gate': { gate: MessageValue }
  'refused-account': { name: MessageValue }
  'refused-limits': { resource: MessageValue }
  'refused-other': Record<never, never>
  'refused-priority': { name: MessageValue }
  'refused-quota': { name: MessageValue }
  'refused-quota-fields': { name: MessageValue; fields: MessageValue }
  'refused-security': { level: MessageValue }
  'refused-webhook': { name: MessageValue }
  'refused-webhook-down': { name: MessageValue }
  'release-failed': { revision: MessageValue }
  'release-stuck': { revision: MessageValue; status: MessageValue }
  'route-gateway': { name: MessageValue }
  'sandbox-failed': Record<never, never>
  'schedule-affinity': Record<never, never>
  'schedule-anti-affinity': Record<never, never>
  'schedule-claims': { names: MessageValue }
  'schedule-cordoned': Record<never, never>
  'schedule-other': Record<never, never>
  'schedule-pods': Record<never, never>
  'schedule-ports': Record<never, never>
  'schedule-resource': { resources: MessageValue }
  'schedule-scheduler': { name: MessageValue }
  'schedule-selector': { selector: MessageValue }
  'schedule-spread': Record<never, never>
  'schedule-taint': { taints: MessageValue }
  'schedule-too-large': { wanted: MessageValue; resource: MessageValue; largest: MessageValue }
  'schedule-volume': Record<never, never>
  'secret-key-missing': { name: MessageValue; key: MessageValue }
  'secret-missing': { name: MessageValue }
  'service-no-pods': { selector: MessageValue }
  'service-pods-not-ready': { count: MessageValue }
  'service-port': { port: MessageValue; ports: MessageValue }
  'service-port-name': { port: MessageValue; ports: MessageValue }
  'service-selector': { selector: MessageValue; workload: MessageValue }
  'service-selects-nothing': { selector: MessageValue }
  'start-command': { container: MessageValue }
  'start-failed': { container: MessageValue }
  'unknown-host': { host: MessageValue }
  'volume-failed': Record<never, never>
  'volume-multi-attach': Record<never, never>
  'volume-phase-failed': Record<never, never>
  'webhook-no-endpoints': { name: MessageValue; service: MessageValue }
  'webhook-service-missing': { name: MessageValue; service: MessageValue }
  'workload-short': { ready: MessageValue; wanted: MessageValue }
  'wrong-port': { name: MessageValue; port: MessageValue; ports: MessageValue }
  // foreign.json
  'foreign-forbidden': { user: MessageValue; verb: MessageValue; what: MessageValue }
  'foreign-forbidden-in': { user: MessageValue; verb: MessageValue; what: MessageValue; namespace: MessageValue }
  'foreign-forbidden-everywhere': { user: MessageValue; verb: MessageValue; what: MessageValue }
  'foreign-forbidden-words': { words: MessageValue }
  'foreign-forbidden-call': { what: MessageValue; words: MessageValue }
  'foreign-verb': { verb: MessageValue; target: MessageValue }
  'foreign-run': { tool: MessageValue }
  'foreign-run-for': { tool: MessageValue; target: MessageValue }
  'foreign-target-in': { object: MessageValue; namespace: MessageValue }
  'foreign-lines': { first: MessageValue; rest: MessageValue }
  'foreign-too-large': Record<never, never>
  'foreign-failed': { tool: MessageValue; value: MessageValue }
  'foreign-failed-of': { tool: MessageValue; target: MessageValue; value: MessageValue }
  'foreign-deleted': { target: MessageValue }
  'foreign-not-uninstalled': { release: MessageValue }
  'foreign-not-uninstalled-in': { release: MessageValue; namespace: MessageValue }
  'foreign-dry-run': { line: MessageValue }
  'foreign-api-down': { api: MessageValue }
  'kubectl-warning': { message: MessageValue }
  'no-rows': Record<never, never>
  'no-output': Record<never, never>
  'secret-values-hidden': { redacted: MessageValue }
  // health.json
  'state-none': Record<never, never>
  'state-no-status': Record<never, never>
  'state-no-known-status': Record<never, never>
  'state-behind': Record<never, never>
  'state-for': { state: MessageValue; age: MessageValue }
  'state-detail': { state: MessageValue; detail: MessageValue }
  'state-in-brackets': { state: MessageValue; detail: MessageValue }
  'state-and': { first: MessageValue; rest: MessageValue }
  'state-suspended': Record<never, never>
  'state-paused': Record<never, never>
  'state-cordoned': Record<never, never>
  'state-ready': { ready: MessageValue; wanted: MessageValue }
  'state-done': { done: MessageValue; wanted: MessageValue }
  'state-active': { count: MessageValue }
  'state-failed': { count: MessageValue }
  'state-next-try': Record<never, never>
  'state-no-pod-yet': Record<never, never>
  'state-no-address': Record<never, never>
  'state-no-metrics': { targets: MessageValue }
  'state-cell-of': { cell: MessageValue; total: MessageValue; heading: MessageValue }
  'state-endpoints-not-ready': { count: MessageValue }
  'state-no-endpoints': { selector: MessageValue }
  'state-kubelet-silent': Record<never, never>
  'state-node-gone': Record<never, never>
  'state-containers-ready': { ready: MessageValue; total: MessageValue }
  'state-not-ready': Record<never, never>
  'state-init-container': { name: MessageValue }
  'state-container': { name: MessageValue }
  'state-last-run': { end: MessageValue }
  'state-exit-code': { code: MessageValue }
  'state-container-ended': { name: MessageValue; end: MessageValue }
  'state-target-zero': Record<never, never>
  'state-at-maximum': Record<never, never>
  'state-budget-healthy': { healthy: MessageValue; wanted: MessageValue }
  'state-selects-no-pod': Record<never, never>
  'state-no-disruption': Record<never, never>
  'state-resizing': Record<never, never>
  'state-volume-lost': Record<never, never>
  'state-no-volume-fits': Record<never, never>
  'state-no-class': Record<never, never>
  'state-class-missing': { name: MessageValue }
  'state-until-used': { state: MessageValue }
  'state-claim-deleted': Record<never, never>
  'state-not-attached': Record<never, never>
  'state-error': Record<never, never>
  'state-scaled-to-zero': Record<never, never>
  'state-replicas-available': { count: MessageValue; wanted: MessageValue }
  'state-replicas-updated': { count: MessageValue; wanted: MessageValue }
  'state-replicas-ready': { count: MessageValue; wanted: MessageValue }
  'state-pods-ready': { count: MessageValue; wanted: MessageValue }
  'state-pods-updated': { count: MessageValue; wanted: MessageValue }
  'state-updates-on-delete': Record<never, never>
  'state-partition': { partition: MessageValue }
  'state-no-node': Record<never, never>
  'state-revision-failed': { revision: MessageValue }
  'state-still-deployed': { state: MessageValue; revision: MessageValue }
  'state-minutes': { state: MessageValue; count: MessageValue }
  'state-finalizers': { state: MessageValue; names: MessageValue; n: number }
  'state-restarts': { n: number; ago: MessageValue }
  // helm.json
  'helm-still-running': Record<never, never>
  'helm-timeout': Record<never, never>
  'helm-failed': { reason: MessageValue }
  'helm-release-now': { revision: MessageValue; status: MessageValue }
  'helm-release-unread': { reason: MessageValue }
  'no-answer': Record<never, never>
  'helm-failed-silently': Record<never, never>
  'helm-refuses-silently': Record<never, never>
  'helm-not-written': Record<never, never>
  'fields-taken-over': { manager: MessageValue; fields: MessageValue }
  'helm-chart-secret': Record<never, never>
  'change-helm-install': { name: MessageValue; namespace: MessageValue; cluster: MessageValue; chart: MessageValue }
  'change-helm-upgrade': { name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'change-helm-upgrade-chart': { name: MessageValue; namespace: MessageValue; cluster: MessageValue; from: MessageValue; chart: MessageValue }
  'change-helm-rollback': { name: MessageValue; namespace: MessageValue; cluster: MessageValue; from: MessageValue; target: MessageValue }
  'change-helm-uninstall': { name: MessageValue; namespace: MessageValue; cluster: MessageValue }
  'helm-rollback-values': { target: MessageValue }
  'helm-state': { revision: MessageValue; status: MessageValue }
  'helm-state-deployed': { revision: MessageValue; status: MessageValue; deployed: MessageValue }
  'helm-kept': { kind: MessageValue; name: MessageValue }
  'helm-uninstall-scope': { objects: MessageValue }
  'helm-uninstall-final': Record<never, never>
  'helm-chart-from': { from: MessageValue }
  'helm-chart-own': { chart: MessageValue }
  'helm-crd': Record<never, never>
  'helm-values-kept': { n: number }
  'helm-unchanged': { n: number }
  'helm-hook': { events: MessageValue }
  'helm-hook-removed': { events: MessageValue }
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
  'login-rancher': Record<never, never>
  'login-rancher-ended': Record<never, never>
  'login-oidc': Record<never, never>
  'login-oidc-off': { mode: MessageValue }
  'login-oidc-refused': Record<never, never>
  'login-oidc-expired': Record<never, never>
  'login-oidc-no-user': { claim: MessageValue }
  'login-oidc-unreachable': { url: MessageValue }
  'login-too-large': Record<never, never>
  'login-reserved-name': { user: MessageValue }
  'rancher-unreachable': { url: MessageValue; reason: MessageValue }
  'rancher-no-user': Record<never, never>
  'rancher-unexpected': Record<never, never>
  'cluster-needed': Record<never, never>
  'cluster-not-visible': { cluster: MessageValue }
  'cluster-no-choice': { cluster: MessageValue }
  'cluster-fixed': { first: MessageValue; cluster: MessageValue }
  'read-only-open-host': { host: MessageValue }
  'read-only-user': { user: MessageValue }
  'read-only-this-user': Record<never, never>
  'host-not-allowed': { host: MessageValue }
  'other-site': Record<never, never>
  // logs.json
  'range-of': { time: MessageValue }
  'range-from-to': { from: MessageValue; to: MessageValue }
  'log-lines': { count: MessageValue; n: number }
  'log-lines-range': { lines: MessageValue; range: MessageValue }
  'log-lines-since': { lines: MessageValue; time: MessageValue }
  'log-lines-kept': { lines: MessageValue }
  'log-time-utc': { time: MessageValue }
  'log-zone': { zone: MessageValue }
  'limit-seconds': { n: number }
  'log-limit': { limit: MessageValue; line: MessageValue }
  'log-limit-at': { limit: MessageValue; line: MessageValue; time: MessageValue }
  'log-broken': { lines: MessageValue }
  'log-part': { lines: MessageValue }
  'log-tail': { lines: MessageValue }
  'log-all': { lines: MessageValue }
  'log-none-since': { time: MessageValue }
  'log-is-empty': Record<never, never>
  'log-last-line': { time: MessageValue }
  'log-next-line': { time: MessageValue }
  'log-none-around': { range: MessageValue }
  'log-around': { lines: MessageValue; range: MessageValue }
  'log-around-nearest': { lines: MessageValue; range: MessageValue }
  'log-empty': { container: MessageValue }
  'current-run-empty': Record<never, never>
  'log-gone': Record<never, never>
  'of-previous-run': { note: MessageValue }
  'of-current-run': { note: MessageValue }
  'no-previous-run': { container: MessageValue }
  'ended-at': { time: MessageValue; how: MessageValue }
  'ended-with': { how: MessageValue }
  restarts: { n: number }
  waiting: Record<never, never>
  'container-ended': { ended: MessageValue }
  'last-run-ended': { reason: MessageValue; times: MessageValue; ended: MessageValue }
  restarted: { times: MessageValue; ended: MessageValue }
  'its-message': { message: MessageValue }
  'log-searched': { lines: MessageValue }
  'log-searched-first': { lines: MessageValue }
  'log-found-many': Record<never, never>
  'log-not-found': { searched: MessageValue }
  'log-found': { searched: MessageValue; lines: MessageValue; numbers: MessageValue }
  'log-found-in': { searched: MessageValue; lines: MessageValue; first: MessageValue }
  'pod-ended': { reason: MessageValue }
  'pod-not-scheduled': Record<never, never>
  'scheduler-no-reason': Record<never, never>
  'scheduler-says': { words: MessageValue }
  'image-not-pulled': { container: MessageValue; reason: MessageValue; image: MessageValue }
  'pod-initializing': { container: MessageValue; init: MessageValue; state: MessageValue }
  'container-not-started': { container: MessageValue; state: MessageValue }
  // managers.json
  'quota-refuses': { quota: MessageValue; used: MessageValue; hard: MessageValue; resource: MessageValue; needed: MessageValue }
  'quota-blocks-all': { quota: MessageValue; used: MessageValue; hard: MessageValue; resource: MessageValue; pods: MessageValue }
  'quota-blocks-pods': { quota: MessageValue; used: MessageValue; hard: MessageValue; resource: MessageValue; fit: MessageValue; pods: MessageValue }
  'quota-slows-rollout': { quota: MessageValue; used: MessageValue; hard: MessageValue; resource: MessageValue }
  'quota-stops-rollout': { quota: MessageValue; used: MessageValue; hard: MessageValue; resource: MessageValue }
  'fleet-corrects-delete': { bundle: MessageValue }
  'fleet-delete': { bundle: MessageValue }
  'fleet-corrects-update': { bundle: MessageValue }
  'fleet-update': { bundle: MessageValue }
  'flux-kustomization-off': { name: MessageValue }
  'flux-kustomization-once': { name: MessageValue }
  'flux-helm-release-suspended-delete': { name: MessageValue }
  'flux-helm-release-suspended-update': { name: MessageValue }
  'flux-helm-release-corrects-delete': { name: MessageValue }
  'flux-helm-release-corrects-update': { name: MessageValue }
  'flux-helm-release-delete': { name: MessageValue }
  'flux-helm-release-update': { name: MessageValue }
  'helm-delete': { release: MessageValue }
  'helm-update': { release: MessageValue }
  'addon-manager-delete': Record<never, never>
  'addon-manager-keeps': Record<never, never>
  'addon-manager-update': Record<never, never>
  'rancher-delete': { owner: MessageValue }
  'rancher-update': { owner: MessageValue }
  'rancher-project': { project: MessageValue }
  'rancher-creator': Record<never, never>
  'crossplane-delete': { composite: MessageValue }
  'crossplane-update': { composite: MessageValue }
  'crossplane-external-update': { external: MessageValue }
  'crossplane-external-kept': { external: MessageValue }
  'crossplane-external-delete': { external: MessageValue }
  'built-in-delete': { by: MessageValue; when: MessageValue }
  'built-in-update': { by: MessageValue; when: MessageValue }
  'owner-reference': { owner: MessageValue }
  'lasting-change-source': { source: MessageValue }
  'owner-ended-pod': { top: MessageValue }
  'owner-recreates-same': { top: MessageValue }
  'owner-recreates': { top: MessageValue }
  'owner-job-retries': { top: MessageValue; owner: MessageValue }
  'owner-recreates-set': { top: MessageValue }
  'owner-revision': { top: MessageValue; revision: MessageValue }
  'owner-next-run': { top: MessageValue }
  'owner-history': { top: MessageValue }
  'owner-delete': { top: MessageValue }
  'owner-sets-replicas': { top: MessageValue }
  'owner-set-template': { top: MessageValue }
  'owner-pod-update': { top: MessageValue }
  'owner-job-update': { top: MessageValue }
  'owner-update': { top: MessageValue }
  'vertical-autoscaler-without-target': { name: MessageValue }
  'vertical-autoscaler-off': { name: MessageValue }
  'vertical-autoscaler-sets': { name: MessageValue }
  'keda-fixed': { replicas: MessageValue; name: MessageValue }
  'keda-paused': { name: MessageValue }
  'autoscaler-without-target': { name: MessageValue }
  'autoscaler-sets-replicas': { name: MessageValue; min: MessageValue; max: MessageValue }
  'autoscaler-off': { name: MessageValue; min: MessageValue; max: MessageValue }
  'autoscaler-sets-back': { min: MessageValue; max: MessageValue; replicas: MessageValue; name: MessageValue }
  'autoscaler-decides': { name: MessageValue; min: MessageValue; max: MessageValue; replicas: MessageValue }
  'manager-keeps-added': { manager: MessageValue }
  'owner-managed': { owner: MessageValue; manager: MessageValue }
  'not-checked': { what: MessageValue; reason: MessageValue }
  'lasting-removal-source': { source: MessageValue }
  'quota-refuses-unset': { quota: MessageValue; resources: MessageValue }
  'quota-unset': { quota: MessageValue; resources: MessageValue }
  'argo-cd-heals-update': { application: MessageValue }
  'argo-cd-manual-update': { application: MessageValue }
  'argo-cd-update': { application: MessageValue }
  'flux-kustomization-suspended-update': { name: MessageValue }
  'flux-kustomization-interval-update': { name: MessageValue; interval: MessageValue }
  'flux-kustomization-update': { name: MessageValue }
  'config-sync-update': { manager: MessageValue }
  'flux-operator-update': { manager: MessageValue }
  'k3s-addon-update': { manager: MessageValue }
  'olm-update': { manager: MessageValue }
  'argo-cd-heals-delete': { application: MessageValue }
  'argo-cd-manual-delete': { application: MessageValue }
  'argo-cd-delete': { application: MessageValue }
  'flux-kustomization-suspended-delete': { name: MessageValue }
  'flux-kustomization-interval-delete': { name: MessageValue; interval: MessageValue }
  'flux-kustomization-delete': { name: MessageValue }
  'config-sync-delete': { manager: MessageValue }
  'flux-operator-delete': { manager: MessageValue }
  'k3s-addon-delete': { manager: MessageValue }
  'olm-delete': { manager: MessageValue }
  'kapp-update': { manager: MessageValue }
  'kapp-delete': { manager: MessageValue }
  'static-pod-delete': { node: MessageValue }
  'static-pod-update': { node: MessageValue }
  'budget-covers-pod': Record<never, never>
  'budget-covers-pods': Record<never, never>
  'disruption-budget-delete': { name: MessageValue; covers: MessageValue; allowed: MessageValue }
  'disruption-budget-refuses': { name: MessageValue; covers: MessageValue; allowed: MessageValue }
  'disruption-budget-allows': { name: MessageValue; covers: MessageValue; allowed: MessageValue; evictions: MessageValue }
  'more-evictions': { n: number }
  'disruption-budget-rollout': { name: MessageValue; covers: MessageValue; allowed: MessageValue }
  'disruption-budget-scale': { name: MessageValue; covers: MessageValue; allowed: MessageValue }
  'read-too-long': { seconds: MessageValue }
  'read-too-many': { most: MessageValue; plural: MessageValue }
  'source-git': { manager: MessageValue }
  'source-values': { manager: MessageValue }
  'source-values-or-chart': { manager: MessageValue }
  'source-node-file': { node: MessageValue }
  'source-crossplane': { composite: MessageValue }
  'source-kapp': Record<never, never>
  'source-k3s': { name: MessageValue }
  'source-path': { source: MessageValue; path: MessageValue }
  'source-chart': { source: MessageValue; chart: MessageValue }
  'manager-addons': Record<never, never>
  'manager-rancher': { owner: MessageValue }
  'manager-flux-operator': { object: MessageValue }
  'manager-kapp': Record<never, never>
  'manager-k3s': { name: MessageValue }
  'manager-olm': { owner: MessageValue }
  'controller-root-certificates': Record<never, never>
  'controller-service-accounts': Record<never, never>
  'controller-aggregated-roles': Record<never, never>
  'the-api-server': Record<never, never>
  'when-at-once': Record<never, never>
  'when-it-starts': Record<never, never>
  'when-within-minute': Record<never, never>
  'manager-assistant': Record<never, never>
  'manager-browser': Record<never, never>
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
  'rounds-used-up': Record<never, never>
  'model-only-repeats': Record<never, never>
  'model-answer-budget': { tokens: MessageValue }
  'model-context': { limit: MessageValue }
  'model-context-unknown': Record<never, never>
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
  // next-steps.json
  'next-address-in-use': Record<never, never>
  'next-api-unavailable': Record<never, never>
  'next-argo-error': Record<never, never>
  'next-argo-health': Record<never, never>
  'next-argo-sync': Record<never, never>
  'next-autoscaler-failing': Record<never, never>
  'next-autoscaler-maximum': Record<never, never>
  'next-autoscaler-metrics': Record<never, never>
  'next-autoscaler-request': Record<never, never>
  'next-autoscaler-target': Record<never, never>
  'next-backend-missing': Record<never, never>
  'next-backend-port': Record<never, never>
  'next-balancer-failed': Record<never, never>
  'next-balancer-pending': Record<never, never>
  'next-budget': Record<never, never>
  'next-certificate': Record<never, never>
  'next-claim-class': Record<never, never>
  'next-claim-failed': Record<never, never>
  'next-claim-lost': Record<never, never>
  'next-claim-missing': { name: MessageValue }
  'next-claim-no-volume': Record<never, never>
  'next-claim-waiting': Record<never, never>
  'next-configmap-missing': { name: MessageValue }
  'next-crash-architecture': Record<never, never>
  'next-crash-certificate': Record<never, never>
  'next-crash-file': Record<never, never>
  'next-crash-forbidden': Record<never, never>
  'next-crash-permission': Record<never, never>
  'next-crash-read-only': Record<never, never>
  'next-crash-variable': Record<never, never>
  'next-cron-blocked': Record<never, never>
  'next-cron-not-started': Record<never, never>
  'next-custom-bad': Record<never, never>
  'next-deletion-finalizers': Record<never, never>
  'next-deletion-stuck': Record<never, never>
  'next-disk-full': Record<never, never>
  'next-exit': Record<never, never>
  'next-exit-command': Record<never, never>
  'next-exit-completed': Record<never, never>
  'next-fleet': Record<never, never>
  'next-flux-not-ready': Record<never, never>
  'next-flux-source': Record<never, never>
  'next-image-certificate': Record<never, never>
  'next-image-denied': Record<never, never>
  'next-image-name-invalid': Record<never, never>
  'next-image-never': Record<never, never>
  'next-image-not-found': Record<never, never>
  'next-image-other': Record<never, never>
  'next-image-platform': Record<never, never>
  'next-image-rate': Record<never, never>
  'next-image-unreachable': Record<never, never>
  'next-ingress-class': Record<never, never>
  'next-ingress-secret': Record<never, never>
  'next-init-not-ending': Record<never, never>
  'next-job-deadline': Record<never, never>
  'next-job-failed': Record<never, never>
  'next-login': Record<never, never>
  'next-memory': Record<never, never>
  'next-memory-of-node': Record<never, never>
  'next-namespace-discovery': Record<never, never>
  'next-namespace-stuck': Record<never, never>
  'next-node-not-ready': Record<never, never>
  'next-node-pressure': Record<never, never>
  'next-node-silent': Record<never, never>
  'next-not-accepted': Record<never, never>
  'next-pod-evicted': Record<never, never>
  'next-policy-blocks': Record<never, never>
  'next-probe-liveness': Record<never, never>
  'next-probe-readiness': Record<never, never>
  'next-probe-startup': Record<never, never>
  'next-readiness-gate': Record<never, never>
  'next-refused': Record<never, never>
  'next-refused-account': Record<never, never>
  'next-refused-limits': Record<never, never>
  'next-refused-other': Record<never, never>
  'next-refused-priority': Record<never, never>
  'next-refused-quota': Record<never, never>
  'next-refused-quota-fields': Record<never, never>
  'next-refused-security': Record<never, never>
  'next-refused-webhook': Record<never, never>
  'next-refused-webhook-down': Record<never, never>
  'next-release': { name: MessageValue; revision: MessageValue }
  'next-release-reinstall': { name: MessageValue }
  'next-route-gateway': Record<never, never>
  'next-sandbox-failed': Record<never, never>
  'next-schedule-claims': Record<never, never>
  'next-schedule-cordoned': Record<never, never>
  'next-schedule-other': Record<never, never>
  'next-schedule-ports': Record<never, never>
  'next-schedule-resource': Record<never, never>
  'next-schedule-scheduler': Record<never, never>
  'next-schedule-selector': Record<never, never>
  'next-schedule-spread': Record<never, never>
  'next-schedule-taint': Record<never, never>
  'next-schedule-too-large': Record<never, never>
  'next-schedule-volume': Record<never, never>
  'next-secret-missing': { name: MessageValue }
  'next-service-port': Record<never, never>
  'next-service-selector': Record<never, never>
  'next-service-selects-nothing': Record<never, never>
  'next-start-failed': Record<never, never>
  'next-timeout': Record<never, never>
  'next-unknown-host': Record<never, never>
  'next-volume-failed': Record<never, never>
  'next-volume-multi-attach': Record<never, never>
  'next-volume-phase-failed': Record<never, never>
  'next-webhook': Record<never, never>
  'next-workload-short': Record<never, never>
  'next-wrong-port': Record<never, never>
  // plans.json
  'call-split-planned': { objects: MessageValue }
  'command-hidden': Record<never, never>
  'policy-create-command': Record<never, never>
  'dry-run-title': { created: MessageValue; changed: MessageValue; unchanged: MessageValue; refused: MessageValue }
  'dry-run-unavailable': Record<never, never>
  'dry-run-too-many': { objects: MessageValue; most: MessageValue }
  'dry-run-after-namespace': { namespace: MessageValue }
  'dry-run-after-kind': { kind: MessageValue }
  'too-many-dry-runs': { count: MessageValue }
  // reads.json
  'chart-subcharts': { from: MessageValue; version: MessageValue }
  'chart-not-in-sources': { chart: MessageValue }
  'chart-not-allowed': { from: MessageValue }
  'chart-sources-unset': Record<never, never>
  'chart-sources': { allowed: MessageValue }
  'helm-wait': Record<never, never>
  'helm-interrupted-roll-back': { revision: MessageValue }
  'helm-interrupted-reinstall': Record<never, never>
  'helm-pending': { name: MessageValue; namespace: MessageValue; revision: MessageValue; status: MessageValue }
  'helm-pending-for': { name: MessageValue; namespace: MessageValue; revision: MessageValue; status: MessageValue; minutes: MessageValue }
  'helm-history-kept': Record<never, never>
  'helm-use-upgrade': Record<never, never>
  'helm-exists': { name: MessageValue; namespace: MessageValue; revision: MessageValue; status: MessageValue }
  'helm-no-earlier': { name: MessageValue; namespace: MessageValue; kept: MessageValue }
  'helm-no-revision': { name: MessageValue; namespace: MessageValue; wanted: MessageValue; kept: MessageValue }
  'helm-nothing-changed': { words: MessageValue }
  'release-in-namespaces': { count: MessageValue; name: MessageValue; namespaces: MessageValue }
  'where-namespace': { namespace: MessageValue }
  'where-cluster': Record<never, never>
  'where-readable': Record<never, never>
  'where-only': { namespaces: MessageValue }
  'release-none-there': Record<never, never>
  'releases-there': { names: MessageValue }
  'release-missing': { name: MessageValue; where: MessageValue }
  'helm-not-startable': { path: MessageValue; words: MessageValue }
  'helm-unsupported': { version: MessageValue }
  'helm-unknown-version': Record<never, never>
  'helm-install-newer': Record<never, never>
  'helm-install': Record<never, never>
  'helm-missing': Record<never, never>
  'helm-path-missing': { path: MessageValue }
  'helm-path-denied': { path: MessageValue }
  'helm-path-broken': { path: MessageValue }
  'helm-values-cut': { shown: MessageValue; of: MessageValue }
  'helm-charts-not-read': { read: MessageValue }
  'helm-payload-unread': { n: number; first: MessageValue }
  'reason-unreadable': Record<never, never>
  'near-paths': { paths: MessageValue }
  'no-fields': Record<never, never>
  'field-missing': { where: MessageValue; name: MessageValue }
  'log-not-started': { container: MessageValue; pod: MessageValue }
  'log-node-silent': { pod: MessageValue; node: MessageValue }
  'pod-has-no-container': { pod: MessageValue; namespace: MessageValue; container: MessageValue; names: MessageValue }
  'the-selector': { labelSelector: MessageValue }
  'no-pods': { owner: MessageValue }
  'pod-of-workload': { name: MessageValue; found: MessageValue }
  'name-of-several': { name: MessageValue; count: MessageValue; found: MessageValue }
  'pod-chosen': { owner: MessageValue; count: MessageValue; pod: MessageValue; state: MessageValue; others: MessageValue }
  'pod-gone': { name: MessageValue; namespace: MessageValue; names: MessageValue }
  'metrics-server-missing': Record<never, never>
  'metrics-api-silent': Record<never, never>
  'usage-sum': { count: MessageValue; cpu: MessageValue; memory: MessageValue }
  'usage-by-namespace': { namespaces: MessageValue }
  'metrics-partial': { count: MessageValue; total: MessageValue; names: MessageValue }
  'events-of-deleted-object': { name: MessageValue }
  'no-events-since': { age: MessageValue }
  'no-matching-events-since': { selector: MessageValue; age: MessageValue }
  'no-events': Record<never, never>
  'no-matching-events': { selector: MessageValue }
  'part-not-read': { what: MessageValue; reason: MessageValue }
  'several-groups': { kind: MessageValue; used: MessageValue; others: MessageValue; plural: MessageValue }
  'selector-matches-nothing': { selector: MessageValue; total: MessageValue; plural: MessageValue }
  'selector-matches-nothing-in': { selector: MessageValue; total: MessageValue; plural: MessageValue; namespace: MessageValue }
  'labels-in-use': { labels: MessageValue }
  'label-not-in-use': { keys: MessageValue }
  'old-kubernetes': { version: MessageValue; oldest: MessageValue }
  'chart-no-source': Record<never, never>
  'find-gone': { id: MessageValue }
  'find-no-id': Record<never, never>
  'find-no-column': { what: MessageValue; columns: MessageValue }
  'find-lines-only': Record<never, never>
  'find-rows': { matched: MessageValue; total: MessageValue }
  'find-rows-part': { matched: MessageValue; first: MessageValue; last: MessageValue }
  'find-lines': { first: MessageValue; last: MessageValue; total: MessageValue }
  'find-lines-matched': { matched: MessageValue; total: MessageValue; search: MessageValue }
  'find-lines-more': { from: MessageValue }
  'read-no-tool': { tool: MessageValue }
  'read-not-a-read': { tool: MessageValue }
  'too-many-attachments': { count: MessageValue }
  'too-many-reads': { count: MessageValue }
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
  'window-few-tools': { tokens: MessageValue; wanted: MessageValue }
  'window-left-out': { tokens: MessageValue }
  'window-too-small': { tokens: MessageValue; wanted: MessageValue }
  'broken-calls': Record<never, never>
  'answer-empty': Record<never, never>
  'changes-counted': { made: MessageValue; declined: MessageValue; failed: MessageValue; unknown: MessageValue }
  'nothing-changed': Record<never, never>
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
  'field-not-cluster': Record<never, never>
  'field-not-boolean': Record<never, never>
  'field-not-object': Record<never, never>
  'field-not-string': Record<never, never>
  'field-not-json': Record<never, never>
  'field-invalid': Record<never, never>
  'field-approvals-place': Record<never, never>
  'field-last-not-user': Record<never, never>
  'field-question-empty': Record<never, never>
  'field-not-signed': Record<never, never>
  'field-not-attachment': Record<never, never>
  'field-not-read': Record<never, never>
  'field-not-dry-run': Record<never, never>
}
