/** Errors in the API server's format: a `Status` object of meta/v1. */

export interface StatusDetails {
  name?: string
  group?: string
  kind?: string
  uid?: string
  causes?: { reason: string; message: string; field: string }[]
}

export class StatusError extends Error {
  readonly code: number
  readonly reason: string
  readonly details: StatusDetails

  constructor(code: number, reason: string, message: string, details: StatusDetails = {}) {
    super(message)
    this.name = 'StatusError'
    this.code = code
    this.reason = reason
    this.details = details
  }

  /** The object to send. */
  toStatus() {
    return {
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: this.message,
      reason: this.reason,
      details: this.details,
      code: this.code,
    }
  }
}

/** `pods` or, with a group, `deployments.apps`. */
function qualified(group: string, plural: string): string {
  return group ? `${plural}.${group}` : plural
}

export function badRequest(message: string): StatusError {
  return new StatusError(400, 'BadRequest', message)
}

export function objectNotFound(group: string, plural: string, name: string): StatusError {
  const message = `${qualified(group, plural)} "${name}" not found`
  return new StatusError(404, 'NotFound', message, { name, ...(group && { group }), kind: plural })
}

export function pathNotFound(): StatusError {
  return new StatusError(404, 'NotFound', 'the server could not find the requested resource')
}

export function methodNotAllowed(): StatusError {
  return new StatusError(405, 'MethodNotAllowed', 'the server does not allow this method on the requested resource')
}

export interface Attempt {
  verb: string
  group: string
  plural: string
  subresource?: string
  namespace?: string
  name?: string
}

/** Refuses requests that would run something in a pod or connect to it. In RBAC's format. */
export function forbidden(attempt: Attempt): StatusError {
  const { verb, group, plural, subresource, namespace, name } = attempt
  const resource = subresource ? `${plural}/${subresource}` : plural
  const subject = name ? `${qualified(group, plural)} "${name}"` : qualified(group, plural)
  const scope = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const message =
    `${subject} is forbidden: User "demo" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}: ` +
    'nothing runs in the demo cluster'
  return new StatusError(403, 'Forbidden', message, {
    ...(name && { name }),
    ...(group && { group }),
    kind: plural,
  })
}

/** The object changed since it was read, or was replaced. With the API server's message. */
export function conflict(group: string, plural: string, name: string, why = MODIFIED): StatusError {
  const message = `Operation cannot be fulfilled on ${qualified(group, plural)} "${name}": ${why}`
  return new StatusError(409, 'Conflict', message, { name, ...(group && { group }), kind: plural })
}

const MODIFIED = 'the object has been modified; please apply your changes to the latest version and try again'

export interface FieldConflict {
  /** `"kubectl" with subresource "scale" using apps/v1` */
  owner: string
  /** `.spec.replicas` */
  field: string
}

/** An apply would change fields of other owners. */
export function fieldConflict(conflicts: FieldConflict[]): StatusError {
  const causes = conflicts.map(({ owner, field }) => ({
    reason: 'FieldManagerConflict',
    message: `conflict with ${owner}`,
    field,
  }))
  const [first, ...others] = conflicts
  const owners = [...new Set(conflicts.map(({ owner }) => owner))]
  const lists = owners.map((owner) => {
    const fields = conflicts.filter((each) => each.owner === owner).map(({ field }) => `\n- ${field}`)
    return `conflicts with ${owner}:${fields.join('')}`
  })
  const words =
    first && others.length === 0
      ? `1 conflict: conflict with ${first.owner}: ${first.field}`
      : `${conflicts.length} conflicts: ${lists.join('\n')}`
  return new StatusError(409, 'Conflict', `Apply failed with ${words}`, { causes })
}

export function alreadyExists(group: string, plural: string, name: string): StatusError {
  const message = `${qualified(group, plural)} "${name}" already exists`
  return new StatusError(409, 'AlreadyExists', message, { name, ...(group && { group }), kind: plural })
}

/** The response to a deletion, except of pods and namespaces. */
export function deletedStatus(group: string, plural: string, name: string, uid: string) {
  const details: StatusDetails = { name, ...(group && { group }), kind: plural, uid }
  return { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', details }
}
