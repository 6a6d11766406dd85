/** Namespace shop: a healthy frontend, and a cart that cannot reach its redis. */
import { cartLog, redisLog, webLog } from './logs'
import { MINUTE, SHOP_AGE, WORKERS, type Workload } from './workload'

const [first = '', second = ''] = WORKERS

export const shop: Workload[] = [
  {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'web',
    behaviour: 'healthy',
    age: SHOP_AGE,
    nodes: [first, second, first],
    image: 'nginx:1.27.3',
    container: 'nginx',
    port: { name: 'http', number: 8080 },
    env: { CART_URL: 'http://cart.shop.svc.cluster.local:8080' },
    requests: { cpu: '100m', memory: '64Mi' },
    limits: { memory: '128Mi' },
    log: webLog,
  },
  {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'cart',
    behaviour: 'crash-loop',
    age: 47 * MINUTE + 30,
    nodes: [first, second],
    image: 'registry.example.com/shop/cart:2.4.0',
    port: { name: 'http', number: 8080 },
    env: { REDIS_ADDR: 'redis.shop.svc.cluster.local:6379' },
    requests: { cpu: '100m', memory: '96Mi' },
    limits: { memory: '192Mi' },
    log: cartLog,
  },
  {
    kind: 'Deployment',
    namespace: 'shop',
    name: 'redis',
    behaviour: 'healthy',
    age: SHOP_AGE,
    nodes: [second],
    image: 'redis:7.4.1',
    port: { name: 'redis', number: 6379 },
    requests: { cpu: '50m', memory: '64Mi' },
    log: redisLog,
  },
]
