// Rules of endpoints: where they are, and by which way they are spoken to.
import type { Fix } from '../finding.ts';
import { saml2Protocol, type Endpoint, type Role } from '../metadata.ts';
import { valueOf, type Attribute } from '../xml/document.ts';
import { bindingIn, bindingObjection, isSaml2Binding, post } from './bindings.ts';
import type { RuleContext } from './ruleContext.ts';

export function endpointRules(context: RuleContext): void {
  for (const { roles } of context.metadata.entities) {
    for (const role of roles) {
      for (const endpoint of role.endpoints) {
        for (const address of [endpoint.location, endpoint.responseLocation])
          if (address) addressRules(address, context);
        bindingRules(endpoint, role, context);
      }
      if (role.kind === 'SPSSODescriptor') consumerRules(role, context);
    }
  }
}

function addressRules({ name, value, valueRange }: Attribute, { findings }: RuleContext): void {
  const scheme = /^\s*([a-z][a-z0-9+.-]*):/i.exec(value)?.[1]?.toLowerCase();
  if (scheme !== undefined && ['javascript', 'data', 'vbscript', 'command', 'file', 'vscode'].includes(scheme))
    return findings.error(
      'R20',
      valueRange,
      `${name} is a ${scheme}: address. Nobody should be sent there: it can run code.`,
    );
  if (scheme !== 'http' && scheme !== 'https')
    return findings.error('R20', valueRange, `${name} is no absolute http or https address.`);
  if (/\s/.test(value)) {
    const trimmed = value.trim();
    const fix = /\s/.test(trimmed)
      ? undefined
      : { title: 'Remove the blanks', edits: [{ ...valueRange, text: trimmed.replaceAll('&', '&amp;') }] };
    return findings.error('R20', valueRange, `${name} has a blank in it.`, { fix });
  }
  if (!URL.canParse(value))
    return findings.error('R20', valueRange, `${name} is no address that a browser understands.`);
  if (scheme === 'http') plainHttp(name, new URL(value).hostname, valueRange.start, { findings });
}

function plainHttp(name: string, host: string, start: number, { findings }: Pick<RuleContext, 'findings'>): void {
  const range = { start, end: start + 'http'.length };
  const local = /^(?:localhost|127\.[\d.]+|\[::1\]|.*\.localhost)$/.test(host);
  if (local) return findings.inform('R21', range, `${name} is http, on this machine only.`);
  const fix: Fix = { title: 'Use https', edits: [{ ...range, text: 'https' }] };
  findings.warn('R21', range, `${name} is http: what is sent there can be read and changed on the way.`, { fix });
}

function bindingRules(endpoint: Endpoint, { element, protocols }: Role, { findings }: RuleContext): void {
  const { binding, service } = endpoint;
  if (!binding) return;
  const objection = bindingObjection(service, bindingIn(endpoint));
  if (objection !== undefined) return findings.error('R22', binding.valueRange, objection);
  if (isSaml2Binding(bindingIn(endpoint)) && !protocols.includes(saml2Protocol))
    findings.error(
      'R22',
      binding.valueRange,
      `This is a binding of SAML 2.0, but ${element.name} does not say that it speaks SAML 2.0.`,
    );
}

function consumerRules({ element, endpoints }: Role, { findings }: RuleContext): void {
  const consumers = endpoints.filter(({ service }) => service === 'AssertionConsumerService');
  const profiles = ['sp'] as const;
  if (!consumers.some((one) => bindingIn(one) === post))
    findings.warn('R23', element.nameRange, 'There is no AssertionConsumerService with HTTP-POST.', { profiles });
  const seen = new Set<string>();
  let defaults = 0;
  for (const { element: consumer } of consumers) {
    const index = valueOf(consumer, 'index')?.trim() ?? '';
    if (seen.has(index))
      findings.warn('R23', consumer.nameRange, `There are two AssertionConsumerService with index ${index}.`, {
        profiles,
      });
    seen.add(index);
    if (/^\s*(?:true|1)\s*$/.test(valueOf(consumer, 'isDefault') ?? '')) defaults += 1;
    if (defaults === 2)
      findings.warn('R23', consumer.nameRange, 'There are two AssertionConsumerService with isDefault.', { profiles });
  }
}
