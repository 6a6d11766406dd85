import { describe, expect, it } from 'vitest'
import { refusal } from '../../../../mcp/kubernetes/errors/refusals'

const QUOTA =
  'configmaps "d" is forbidden: exceeded quota: q, requested: count/configmaps=1, used: count/configmaps=3, limited: count/configmaps=3'
const TEMPLATE =
  'Job.batch "j" is invalid: spec.template: Invalid value: core.PodTemplateSpec{ObjectMeta:v1.ObjectMeta{Name:"", Labels:map[string]string{"a":"}"}}, Spec:core.PodSpec{Volumes:[]core.Volume(nil)}}: field is immutable'

describe('refusals of changes', () => {
  it.each([
    [
      'errors-11',
      { message: QUOTA },
      'The quota q allows 3 configmaps, 3 exist, and 1 more was asked for. Delete unneeded objects, or raise the quota.',
    ],
    [
      'errors-12',
      {
        message: 'pods "p" is forbidden: maximum memory usage per Container is 128Mi, but limit is 1Gi',
      },
      'The LimitRange of the namespace allows 128Mi of memory per container; 1Gi was asked for',
    ],
    [
      'errors-13',
      {
        message: TEMPLATE,
        reason: 'Invalid',
        kind: 'Job',
        name: 'j',
        causes: [{ field: 'spec.template', message: 'Invalid value: core.PodTemplateSpec{…}: field is immutable' }],
      },
      'The pod template of a Job cannot be changed. Delete the Job and create it again.',
    ],
    [
      'errors-17',
      {
        reason: 'Conflict',
        message:
          'Operation cannot be fulfilled on deployments.apps "web": the object has been modified; please apply your changes to the latest version and try again',
      },
      'web changed meanwhile.',
    ],
    [
      'errors-21',
      {
        message: 'admission webhook "policy.example.com" denied the request: image must come from images.example.test',
      },
      'The admission policy policy.example.com refused it: image must come from images.example.test',
    ],
    [
      'writes-13',
      {
        message:
          'Service "s" is invalid: spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
        reason: 'Invalid',
        kind: 'Service',
        name: 's',
        causes: [
          { field: 'spec.ports[0].port', message: 'Invalid value: 99999: must be between 1 and 65535, inclusive' },
        ],
      },
      'Service s is not valid: spec.ports[0].port: Invalid value: 99999: must be between 1 and 65535, inclusive',
    ],
    [
      'a policy',
      {
        message:
          "deployments.apps \"w\" is forbidden: ValidatingAdmissionPolicy 'demo' with binding 'b' denied request: failed expression: object.spec.replicas <= 5",
      },
      'The admission policy demo refused it: failed expression: object.spec.replicas <= 5',
    ],
    [
      'Pod Security',
      { message: 'pods "p" is forbidden: violates PodSecurity "restricted:latest": runAsNonRoot != true' },
      'The Pod Security level restricted:latest of the namespace refused it: runAsNonRoot != true',
    ],
    [
      'a namespace on its way out',
      {
        message:
          'configmaps "a" is forbidden: unable to create new content in namespace old because it is being terminated',
      },
      'The namespace old is being deleted: nothing can be created in it.',
    ],
  ])('are one sentence (%s)', (_, words, text) => {
    expect(refusal(words)?.detail.text).toBe(text)
  })

  it('holds no structs of Go (writes-16)', () => {
    const words = {
      message: TEMPLATE.replace('field is immutable', 'is odd'),
      reason: 'Invalid',
      kind: 'Job',
      name: 'j',
    }
    const causes = [{ field: 'spec.template', message: TEMPLATE.slice(TEMPLATE.indexOf('Invalid value')) }]
    const text = refusal({
      ...words,
      causes: [{ ...causes[0], message: causes[0]?.message.replace('field is immutable', 'is odd') }],
    })?.detail.text
    expect(text).toMatch(/^Job j is not valid: spec\.template: .*is odd$/)
    expect(text).not.toMatch(/v1\.ObjectMeta|\{|\}/)
  })

  it('does not translate other errors', () => {
    expect(refusal({ message: 'pods "x" not found', reason: 'NotFound' })).toBeUndefined()
    expect(refusal({})).toBeUndefined()
  })

  it('tells a conflict over fields from a conflict over versions', () => {
    const causes = [
      { reason: 'FieldManagerConflict', message: 'conflict with "helm" using apps/v1', field: '.spec.replicas' },
    ]
    const words = { reason: 'Conflict', message: 'Apply failed with 1 conflict', causes }
    expect(refusal(words)).toMatchObject({
      code: 'field-conflict',
      detail: { text: 'Fields of the change are owned by others: spec.replicas (helm).' },
    })
  })
})
