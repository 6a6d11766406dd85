/** Errors as the API server answers them: a `Status` object of meta/v1. */

export interface StatusDetails {
  name?: string
  group?: string
  kind?: string
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

  /** The object that goes over the wire. */
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

/** The answer to everything that is no read. The form is that of RBAC, the reason says why it can never be granted. */
export function forbidden(attempt: Attempt): StatusError {
  const { verb, group, plural, subresource, namespace, name } = attempt
  const resource = subresource ? `${plural}/${subresource}` : plural
  const subject = name ? `${qualified(group, plural)} "${name}"` : qualified(group, plural)
  const scope = namespace ? `in the namespace "${namespace}"` : 'at the cluster scope'
  const message =
    `${subject} is forbidden: User "demo" cannot ${verb} resource "${resource}" in API group "${group}" ${scope}: ` +
    'the demo cluster is read-only'
  return new StatusError(403, 'Forbidden', message, {
    ...(name && { name }),
    ...(group && { group }),
    kind: plural,
  })
}
