/**
 * The tasks: questions of an administrator, and how a good model answers them. 3b is how a model without `diagnose`, or one
 * that does not call it, answers 3.
 */
import type { Step } from './script'

export interface Task {
  name: string
  turns: { question: string; steps: Step[] }[]
  /** The context window in tokens; 32,768 by default. */
  windowTokens?: number
  /** Changes are possible with approval. */
  approves?: true
  /** Pods that are created before and removed after. */
  pods?: number
}

/** Objects of the cluster that the questions name. */
export interface Places {
  /** A pod that crashes. */
  pod: string
  namespace: string
  /** A deployment of that namespace. */
  deployment: string
  /** A namespace of our own with a deployment that may be scaled. */
  scratch: { namespace: string; deployment: string }
}

const WINDOW = 32_768
const SMALL_WINDOW = 8192

export function windowOf({ windowTokens = WINDOW }: Task): number {
  return windowTokens
}

/** @param manyPods how many pods are many */
export function tasks(places: Places, manyPods: number): Task[] {
  const { pod, namespace, deployment, scratch } = places
  const conversation = sixTurns(places)
  return [
    { name: '1 all pods', turns: [allPods] },
    {
      name: '2 logs of a crashing pod',
      turns: [
        {
          question: `Show me the logs of ${pod}, it crashes`,
          steps: [get('pods', namespace), logs(pod, namespace), said('it ends with the error of its last lines')],
        },
      ],
    },
    {
      name: '3 what is wrong in a namespace',
      turns: [
        {
          question: `What is wrong in the namespace ${namespace}?`,
          steps: [
            { call: 'diagnose', args: { namespace } },
            said('one pod crashes again and again, for the reason in its log, and the others are healthy'),
          ],
        },
      ],
    },
    {
      name: '3b the same by four reads',
      turns: [
        {
          question: `What is wrong in the namespace ${namespace}?`,
          steps: [
            get('pods', namespace),
            events(namespace),
            describe('pod', pod, namespace),
            logs(pod, namespace),
            said('one pod crashes again and again, for the reason in its log, and the others are healthy'),
          ],
        },
      ],
    },
    { name: '4 describe a deployment', turns: [describeTurn(deployment, namespace)] },
    {
      name: '5 scale to 5, approve mode',
      approves: true,
      turns: [
        {
          question: `Scale the deployment ${scratch.deployment} in ${scratch.namespace} to 5`,
          steps: [
            {
              call: 'kubectl_scale',
              args: { resource: 'deployment', name: scratch.deployment, namespace: scratch.namespace, replicas: 5 },
            },
            said('the deployment now has 5 replicas'),
          ],
        },
      ],
    },
    { name: '6 conversation of six turns', turns: conversation },
    { name: `7 the same with ${manyPods.toLocaleString('en')} pods`, turns: conversation, pods: manyPods },
    {
      name: `8 ten listings, window of ${SMALL_WINDOW.toLocaleString('en')}`,
      windowTokens: SMALL_WINDOW,
      turns: Array.from({ length: 10 }, () => allPods),
    },
  ]
}

function sixTurns({ pod, namespace, deployment }: Places): Task['turns'] {
  return [
    allPods,
    { question: `And in ${namespace}?`, steps: [get('pods', namespace), said('most of them are healthy, one is not')] },
    { question: `Show the logs of ${pod}`, steps: [logs(pod, namespace), said('it stops with an error')] },
    describeTurn(deployment, namespace),
    { question: `Any events in ${namespace}?`, steps: [events(namespace), said('the warnings are about restarts')] },
    { question: 'What should I do first?', steps: [said('mend the pod that crashes, and then look again')] },
  ]
}

const allPods = {
  question: 'Show me all pods',
  steps: [{ call: 'kubectl_get', args: { resource: 'pods' } }, said('most are running, and a few need attention')],
}

function describeTurn(name: string, namespace: string): Task['turns'][number] {
  return {
    question: `Describe the deployment ${name} in ${namespace}`,
    steps: [describe('deployment', name, namespace), said('its replicas are as they were asked for')],
  }
}

function get(resource: string, namespace: string): Step {
  return { call: 'kubectl_get', args: { resource, namespace } }
}

function logs(name: string, namespace: string): Step {
  return { call: 'kubectl_logs', args: { name, namespace, previous: true } }
}

function events(namespace: string): Step {
  return { call: 'kubectl_events', args: { namespace } }
}

function describe(resource: string, name: string, namespace: string): Step {
  return { call: 'kubectl_describe', args: { resource, name, namespace } }
}

/** An answer of about 45 tokens. */
function said(what: string): Step {
  return {
    text: `The page shows the whole result above. In short: ${what}. Nothing else stands out in what I have read, and I have changed nothing but what you approved. Ask me for details of any object.`,
  }
}
