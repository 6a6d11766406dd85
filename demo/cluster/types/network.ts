/** Services and what leads to their pods. */
import type { Json, KubeObject, StringMap } from './meta'

export interface ServicePort {
  name?: string
  port: number
  targetPort: number | string
  nodePort?: number
  protocol: string
}

export interface Service extends KubeObject {
  spec: {
    type: string
    clusterIP: string
    clusterIPs: string[]
    selector?: StringMap
    ports: ServicePort[]
    [key: string]: unknown
  }
  status: { loadBalancer: { ingress?: { ip: string }[] } }
}

export interface EndpointAddress {
  ip: string
  nodeName?: string
  targetRef?: { kind: string; namespace: string; name: string; uid: string }
}

export interface Endpoints extends KubeObject {
  subsets?: {
    addresses?: EndpointAddress[]
    notReadyAddresses?: EndpointAddress[]
    ports: { name?: string; port: number; protocol: string }[]
  }[]
}

export interface EndpointSlice extends KubeObject {
  addressType: string
  endpoints: { addresses: string[]; conditions: Record<string, boolean>; nodeName?: string; targetRef?: Json }[]
  ports: { name: string; port: number; protocol: string }[]
}

export interface Ingress extends KubeObject {
  spec: { ingressClassName: string; rules: { host: string; http: Json }[] }
  status: { loadBalancer: { ingress?: { ip: string }[] } }
}
