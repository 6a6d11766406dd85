/**
 * What a preview says beside its diff, in English, by code. `{name}` stands for a param: names and counts, or words of the
 * API server as they came. Only the server imports it: the page shows `text` as it comes, and other languages have their
 * own sentences (locales/vi-notes.ts).
 */
export const noteTexts = {
  // Whose credential only the whole sentence gives away: it has no params but itself.
  'as-written': '{words}',

  // The call as such
  placeholder:
    'The arguments hold the placeholder "<redacted", which stands where a value was hidden from the model: it would be written to the cluster as it is.',
  'unknown-tool': 'What {tool} changes could not be previewed: nothing is known of it.',
  'preview-failed': 'What {tool} changes could not be previewed: {words}',
  'api-refuses': 'The API server refuses it: {words}',
  'dry-run': 'With "dryRun" nothing will be changed.',

  // Reading the live object
  missing: '{object} does not exist.',
  'missing-in': '{object} does not exist in namespace {namespace}.',
  'no-read-tool': '{object} was not read: this MCP server has no tool to read it.',
  unreadable: '{object} could not be read: {words}',
  'unreadable-large': '{object} could not be read: it is too large to be shown ({size} KB)',
  'bad-kind': '{word} is no kind.',
  'bad-name': '{word} is no valid name.',
  'bad-namespace': '{word} is no valid namespace.',

  // The diff
  unchanged: 'Nothing would change in {object}.',
  hidden: 'Changes that are not shown, in {object}: {paths}.',
  'hidden-more': 'Changes that are not shown, in {object}: {paths}, and {more} more.',
  masked: 'The MCP server masks the values of {object}: which of them change is not known.',
  'pods-replaced': 'The pods of {object} are replaced by new ones.',

  // Manifests
  'manifest-no-yaml': 'The manifest could not be read: it is no YAML.',
  'manifest-bad-line': 'The manifest could not be read: line {line} is no valid YAML.',
  'manifest-large': 'The manifest could not be read: it is too large to be shown ({size} KB).',
  'manifest-no-object': 'The manifest could not be read: a document of it is no object.',
  'manifest-no-item': 'The manifest could not be read: an item of its list is no object.',
  'manifest-nameless': 'The manifest holds an object without a kind or a name, or none at all.',

  // Apply and create
  new: '{object} does not exist yet.',
  'new-in': '{object} does not exist yet in namespace {namespace}.',
  'new-somewhere': '{object} does not exist yet. It names no namespace: it goes to that of the kubeconfig.',
  'apply-file': 'The file is on the MCP server: what it holds could not be previewed. Give the manifest itself.',
  'apply-unseen':
    'Fields that this server has applied before and that the manifest leaves out are removed; the preview cannot see which.',
  'apply-elsewhere': 'kubectl will refuse it: {object} is for namespace {own}, and the call for {namespace}.',
  'apply-many': 'It holds {objects} objects: more than {most} are not previewed. Apply it in parts.',
  'apply-unbound': 'It is not bound to what was previewed: the manifest could not be rewritten.',
  'apply-force': 'With "force" what cannot be changed is deleted, and made anew.',
  'create-exists': '{object} exists already: to create it will fail.',
  'create-file': 'The file is on the MCP server: what it holds could not be previewed.',
  'create-kind': 'This server does not create a {kind} from arguments.',
  'create-no-kind': 'This server does not create a nameless kind from arguments.',
  'create-command':
    'This server adds its own flags to the end of "command", and forgets the namespace: use kubectl_apply with a manifest.',
  'create-labels': 'kubectl create knows no labels: the call will fail.',
  'pod-exists': '{object} exists already.',
  'pod-bare': 'Nothing starts this pod again when it ends or its node fails.',
  'pod-somewhere': 'It names no namespace: it goes to that of the kubeconfig.',

  // Patch and scale
  'patch-file': 'The patch is in a file on the MCP server: it could not be previewed.',
  'patch-no-data': '"patchData" is no mapping and no list: the call will fail.',
  'patch-whole': 'What the patch does could not be predicted: the patch would replace the whole object.',
  'patch-no-mapping': 'What the patch does could not be predicted: the patch is no mapping.',
  'patch-directives':
    'What the patch does could not be predicted: the patch holds directives ($patch, $setElementOrder) that are not predicted.',
  'patch-no-list': 'What the patch does could not be predicted: a JSON patch is a list of operations.',
  'patch-no-op': 'What the patch does could not be predicted: an operation of the JSON patch has no op or no path.',
  'patch-unknown-op':
    'What the patch does could not be predicted: the JSON patch has an unknown operation {operation}.',
  'patch-bad-path': 'What the patch does could not be predicted: a path of the JSON patch does not begin with "/".',
  'patch-nothing-at': 'What the patch does could not be predicted: the object has nothing at "{path}".',
  'scale-reads': 'Without "scale" this call only reads the current scale.',
  'scale-no-number': '{value} is no number of replicas.',
  'scale-to-none': 'No pod of it will be left.',

  // Rollouts
  'rollout-reads': 'This call only reads.',
  'rollout-back': 'Back from revision {current} to revision {revision}.',
  'rollout-pause': 'Changes of its template wait until it is resumed.',
  'rollout-resume': 'Changes that have waited are rolled out.',
  'rollout-unknown': '"{command}" is no command of a rollout.',
  'rollout-pods': 'Its {pods} pods are replaced by new ones, some at a time.',
  'rollout-pods-at-once': 'Its {pods} pods are replaced by new ones, all at once.',
  'rollout-some-pods': 'Its pods are replaced by new ones, some at a time.',
  'rollout-some-pods-at-once': 'Its pods are replaced by new ones, all at once.',
  'revision-kind': 'What the earlier revision held is not read for this kind.',
  'revisions-unreadable': 'The earlier revisions could not be read.',
  'revision-missing': 'There is no revision {revision}.',
  'revision-none': 'There is no earlier revision to go back to.',

  // Deletions
  'delete-file': 'The file is on the MCP server: what it names could not be previewed.',
  'delete-many': 'It names more than {most} objects.',
  'delete-nameless': 'It holds an object without a kind or a name, or none at all.',
  'delete-unseen': 'What it deletes could not be previewed.',
  'delete-somewhere': 'Objects that name no namespace may be deleted in that of the kubeconfig.',
  'delete-now': 'Deleted at once: no program gets the time to end by itself.',
  'delete-pods': 'With it go {pods}.',
  'delete-pods-unlisted': 'With it go pods that could not be listed.',
  'delete-pods-unnamed': 'Its pods go with it.',
  'delete-volume': 'Its volume, with the data in it, goes too where its reclaim policy is Delete.',
  'delete-crd': 'Every object of this kind goes with it, in all namespaces.',
  'delete-owned': '{owner} owns it, and may make another in its place.',
  'namespace-contents': 'Everything in namespace {namespace} goes with it: {contents}, and objects of other kinds.',
  'namespace-empty':
    'Everything in namespace {namespace} goes with it: nothing was found of the usual kinds, and objects of other kinds.',
  'namespace-unlisted':
    'Everything in namespace {namespace} goes with it: {unlisted} that could not be listed, and objects of other kinds.',
  'namespace-partly':
    'Everything in namespace {namespace} goes with it: {contents}, {unlisted} that could not be listed, and objects of other kinds.',
  matching: '{objects} match now; whatever matches when it runs is deleted.',
  'matching-in': '{objects} in namespace {namespace} match now; whatever matches when it runs is deleted.',
  'matching-everywhere': '{objects} in all namespaces match now; whatever matches when it runs is deleted.',
  'unlisted-kind': 'What matches {selector} could not be listed: {word} is no kind.',
  'unlisted-namespace': 'What matches {selector} could not be listed: {word} is no valid namespace.',
  'unlisted-selector': 'What matches {selector} could not be listed: {word} is no valid selector.',
  'unlisted-no-tool': 'What matches {selector} could not be listed: this MCP server has no tool to read it.',
  'unlisted-no-table': 'What matches {selector} could not be listed: the answer is no table',
  'unlisted-refused': 'What matches {selector} could not be listed: {words}',

  // Helm
  'chart-local': "Chart {chart} {version}, from {reference}. The values are compared with the chart's defaults.",
  'chart-remote':
    "Chart {reference}, in the newest version that its repository has. The chart's defaults are not known here.",
  'helm-defaults': "No values are given: the chart's defaults are used.",
  'helm-values-file': 'Further values are in a file on the MCP server: they could not be previewed.',
  'helm-values-unknown': 'Current values unknown: neither MCP server reads them.',
  'helm-values-reset': "Values of the present revision that are not given again go back to the chart's defaults.",
  'helm-values-kept': 'Without values Helm keeps those of the present revision.',
  'helm-repo': "The repository {repo} is added to the MCP server's Helm.",
  'helm-template': 'With "useTemplate" no release is recorded: the objects are applied by kubectl.',
  'helm-astray':
    'This MCP server makes objects whose template names no namespace in the namespace of the kubeconfig, not in that of the call.',
  'helm-somewhere': 'No namespace is given: it goes to the one of the kubeconfig.',
  'helm-exists': 'A release {release} exists already, at revision {revision}: to install it again will fail.',
  'helm-no-upgrade': 'There is no release {release} to upgrade.',
  'helm-revision': 'The present revision is {revision}.',
  'helm-missing': 'There is no release {release}.',
  'helm-missing-in': 'There is no release {release} in namespace {namespace}.',
  'helm-history': 'Release {release} is at revision {revision}; its history goes too.',
  'helm-labelled': 'Labelled as its own: {objects}.',
  'helm-uninstall': 'Everything that the release has made is deleted, but for what its chart keeps.',

  // Nodes
  'node-cordon': 'No new pods are started on it. {pods} on it go on.',
  'node-cordon-unlisted': 'No new pods are started on it. pods that could not be listed on it go on.',
  'node-uncordon': 'New pods may be started on it again. On it now: {pods}.',
  'node-uncordon-unlisted': 'New pods may be started on it again. On it now: pods that could not be listed.',
  'node-drain': 'No new pods are started on it, and these are evicted: {pods}; those of DaemonSets stay.',
  'node-drain-unlisted':
    'No new pods are started on it, and these are evicted: pods that could not be listed; those of DaemonSets stay.',
  'drain-force': 'With "force" pods that nothing starts again are lost.',
  'drain-local-data': 'The data in emptyDir volumes is lost.',
  'drain-unconfirmed': 'Without "confirmDrain" the server does not drain.',
  'node-unknown': '"{operation}" is no operation on a node.',
} as const
