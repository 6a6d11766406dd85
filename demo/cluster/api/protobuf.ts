/**
 * Reads the one message that clients post in protobuf: client-go sends its reviews so, and takes JSON for the answer.
 * Layout: k8s.io/apimachinery/pkg/runtime/generated.proto and k8s.io/api/authorization/v1/generated.proto.
 */
import { badRequest } from './status'

/** Stands before every message of Kubernetes. */
const MAGIC = Buffer.from('k8s\0')

/** Fields of a message by number; of a repeated field the last. Numbers are skipped: no field read here is one. */
type Message = Map<number, Buffer>

/**
 * The spec of a posted SelfSubjectAccessReview, in the form of its JSON.
 * @throws StatusError 400 where the bytes are no such message
 */
export function readAccessReview(bytes: Buffer): object {
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw badRequest('the body is no protobuf message of Kubernetes')
  const envelope = readMessage(bytes.subarray(MAGIC.length))
  const spec = part(part(envelope, 2), 2)
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

function part(message: Message, field: number): Message {
  return readMessage(message.get(field) ?? Buffer.alloc(0))
}

/** Names the fields 1, 2, 3, … of a message of strings; those that are empty are left out. */
function strings(message: Message, names: string[]): Record<string, string> {
  const values = names.map((name, index) => [name, message.get(index + 1)?.toString('utf8') ?? ''] as const)
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
      if (byte === undefined || factor > 2 ** 49) throw badRequest('the body is no protobuf message')
      offset += 1
      value += (byte & 127) * factor
      if (byte < 128) return value
    }
  }
  while (offset < bytes.length) {
    const key = varint()
    const wireType = key & 7
    if (wireType !== VARINT && wireType !== LENGTH_DELIMITED) throw badRequest('the body is no protobuf message')
    const size = varint()
    if (wireType === VARINT) continue
    if (offset + size > bytes.length) throw badRequest('the body is no protobuf message')
    message.set(key >>> 3, bytes.subarray(offset, offset + size))
    offset += size
  }
  return message
}
