/**
 * Reads protobuf bodies: client-go's reviews, Helm's Secrets, and objects that kubectl creates from flags. All of them
 * accept JSON responses. Layout: generated.proto in k8s.io/apimachinery/pkg/runtime, apimachinery/pkg/apis/meta/v1,
 * api/authorization/v1 and api/core/v1.
 */
import type { JsonObject, StringMap } from '../types'
import { badRequest, StatusError } from './status'

export const PROTOBUF = 'application/vnd.kubernetes.protobuf'

/** Prefix of every Kubernetes message. */
const MAGIC = Buffer.from('k8s\0')

/** Fields of a message by number. Numeric fields are skipped: none is needed. */
type Message = Map<number, Buffer[]>

/**
 * The spec of a posted SelfSubjectAccessReview, as in its JSON.
 * @throws StatusError 400 for any other message
 */
export function readAccessReview(bytes: Buffer): object {
  const spec = part(part(readEnvelope(bytes), 2), 2)
  const resource = spec.has(1) ? part(spec, 1) : undefined
  const nonResource = spec.has(2) ? part(spec, 2) : undefined
  return {
    spec: {
      ...(resource && {
        resourceAttributes: strings(resource, [
          'namespace',
          'verb',
          'group',
          'version',
          'resource',
          'subresource',
          'name',
        ]),
      }),
      ...(nonResource && { nonResourceAttributes: strings(nonResource, ['path', 'verb']) }),
    },
  }
}

/**
 * A Namespace, ConfigMap, Secret or DeleteOptions, as in its JSON. All known clients send other kinds as JSON.
 * @throws StatusError 400 for bytes that are not a Kubernetes message, 415 for another kind
 */
export function readProtobuf(bytes: Buffer): JsonObject {
  const envelope = readEnvelope(bytes)
  const { apiVersion = '', kind = '' } = strings(part(envelope, 1), ['apiVersion', 'kind'])
  const object = part(envelope, 2)
  const meta = part(object, 1)
  const head = {
    apiVersion,
    kind,
    metadata: {
      ...Object.fromEntries(METADATA.map(([field, name]) => [name, text(meta, field) || null])),
      labels: entries(meta, 11, 'utf8'),
      annotations: entries(meta, 12, 'utf8'),
    },
  }
  switch (kind) {
    case 'Namespace':
      return head
    case 'ConfigMap':
      return { ...head, data: entries(object, 2, 'utf8'), binaryData: entries(object, 3, 'base64') }
    case 'Secret':
      return {
        ...head,
        data: entries(object, 2, 'base64'),
        stringData: entries(object, 4, 'utf8'),
        type: text(object, 3) || null,
      }
    case 'DeleteOptions':
      return deleteOptions(apiVersion, object)
    default:
      throw new StatusError(415, 'UnsupportedMediaType', `the demo cluster reads no ${kind} in protobuf: send JSON`)
  }
}

function deleteOptions(apiVersion: string, options: Message): JsonObject {
  const dryRun = (options.get(5) ?? []).map((value) => value.toString('utf8'))
  const preconditions = strings(part(options, 2), ['uid', 'resourceVersion'])
  return { apiVersion, kind: 'DeleteOptions', preconditions, dryRun }
}

const METADATA = [
  [1, 'name'],
  [2, 'generateName'],
  [3, 'namespace'],
  [5, 'uid'],
  [6, 'resourceVersion'],
] as const

function readEnvelope(bytes: Buffer): Message {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC))
    throw badRequest('the body is not a protobuf message of Kubernetes')
  return readMessage(bytes.subarray(MAGIC.length))
}

function last(message: Message, field: number): Buffer {
  return message.get(field)?.at(-1) ?? Buffer.alloc(0)
}

function part(message: Message, field: number): Message {
  return readMessage(last(message, field))
}

function text(message: Message, field: number): string {
  return last(message, field).toString('utf8')
}

/** A map, encoded as repeated key-value messages. */
function entries(message: Message, field: number, encoding: 'utf8' | 'base64'): StringMap | null {
  const pairs = (message.get(field) ?? []).map(readMessage)
  if (pairs.length === 0) return null
  return Object.fromEntries(pairs.map((pair) => [text(pair, 1), last(pair, 2).toString(encoding)]))
}

/** Names the fields 1, 2, 3, … of a message of strings; omits empty ones. */
function strings(message: Message, names: string[]): Record<string, string> {
  const values = names.map((name, index) => [name, text(message, index + 1)] as const)
  return Object.fromEntries(values.filter(([, value]) => value !== ''))
}

const VARINT = 0
const LENGTH_DELIMITED = 2

function readMessage(bytes: Buffer): Message {
  const message: Message = new Map()
  let offset = 0
  const varint = (): number => {
    let value = 0
    for (let factor = 1; ; factor *= 128) {
      const byte = bytes[offset]
      if (byte === undefined || factor > 2 ** 49) throw badRequest('the body is not a protobuf message')
      offset += 1
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (offset < bytes.length) {
    const key = varint()
    const wireType = key & 7
    if (wireType !== VARINT && wireType !== LENGTH_DELIMITED) throw badRequest('the body is not a protobuf message')
    const size = varint()
    if (wireType === VARINT) continue
    if (offset + size > bytes.length) throw badRequest('the body is not a protobuf message')
    message.set(key >>> 3, [...(message.get(key >>> 3) ?? []), bytes.subarray(offset, offset + size)])
    offset += size
  }
  return message
}
