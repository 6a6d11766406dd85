/** `kubectl_create`: creates an object that must not exist yet. */
import { msg } from '../../../shared/messages/create'
import { FIELD_MANAGER } from '../../../shared/changes/what-changed'
import type { Operation } from '../../changes/types'
import { KubeError } from '../../kubernetes/errors/errors'
import { textAt } from '../../kubernetes/read/fields'
import { collectionPath } from '../../../shared/kubernetes/api'
import { text } from '../properties'
import { manifestSchema, readManifestArguments } from './manifest/arguments'
import { findDeclared, readLive, type Declared } from './manifest/find'
import { sentencesOf } from './manifest/notes'
import { titleOf } from './title'
import { writeTool } from './tool'

export const kubectlCreate = writeTool({
  name: 'kubectl_create',
  description: 'Create objects that do not exist yet.',
  properties: { manifest: text, namespace: text },
  required: ['manifest'],
  schema: manifestSchema,
  read: (raw) => readManifestArguments('kubectl_create', raw, true),
  draft: async ({ manifest, namespace: written, notes = [] }, context) => {
    const declared = await findDeclared(manifest, written, context)
    const { resource, name, namespace } = declared
    if (name !== '' && (await readLive(declared, context))) throw existsAlready(declared)
    const shown = name === '' ? `${textAt(manifest, 'metadata', 'generateName')}…` : name
    return {
      title: await titleOf('create', { kind: resource.kind, name: shown, namespace }, {}, context),
      operations: [{ ...createOperation(declared), notes: sentencesOf(notes) }],
      notes: [],
    }
  },
})

function existsAlready({ resource: { kind }, name, namespace }: Declared): KubeError {
  return new KubeError(
    'already-exists',
    namespace === undefined
      ? msg('exists-change-it', { kind, name })
      : msg('exists-in-change-it', { kind, name, namespace }),
    {
      kind,
      name,
      namespace: namespace ?? '',
    },
  )
}

function createOperation({ resource, name, namespace, object }: Declared): Operation {
  return {
    verb: 'create',
    resource,
    namespace,
    name,
    method: 'POST',
    path: collectionPath(resource, namespace),
    contentType: 'application/json',
    query: { fieldManager: FIELD_MANAGER, fieldValidation: 'Strict' },
    body: object,
    live: undefined,
    assigned: name === '' ? ['metadata.name'] : [],
    notes: [],
  }
}
