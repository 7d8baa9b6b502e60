// What IAM is asked about SAML providers.
import type { Found } from '../kind.ts';
import type { Calls, Tagging } from '../late.ts';
import { globalArnOf, sendOptions, tagList, tagsIn, unlessMissing } from '../lookup.ts';

/** By the SDK's name and by the wire's. */
const missing = ['NoSuchEntityException', 'NoSuchEntity'] as const;

/** `arn:aws:iam::123456789012:saml-provider/ADFS` -> `ADFS` */
function found(arn: string): Found {
  const name = arn.slice(arn.indexOf('/') + 1);
  return { kind: 'samlProvider', key: { name }, name, arn, ref: arn, output: { SAMLProviderArn: arn } };
}

export const samlProviderCalls: Calls & Tagging = {
  /** IAM lists all of them at once: there are 100 at most. */
  async list(look) {
    const { SAMLProviderList = [] } = await look.target.send('iam.ListSAMLProviders', {}, sendOptions(look));
    return {
      entries: SAMLProviderList.flatMap(({ Arn, ...facts }) => (Arn === undefined ? [] : [{ ...found(Arn), facts }])),
    };
  },

  async find(look, key) {
    const SAMLProviderArn = globalArnOf(look.target, 'iam', `saml-provider/${key['name'] ?? ''}`);
    const answer = await unlessMissing(
      (options) => look.target.send('iam.GetSAMLProvider', { SAMLProviderArn }, options),
      look,
      missing,
    );
    return answer && found(SAMLProviderArn);
  },

  async describe(look, provider) {
    const answer = await unlessMissing(
      (options) => look.target.send('iam.GetSAMLProvider', { SAMLProviderArn: provider.ref }, options),
      look,
      missing,
    );
    return answer && { ...provider, facts: { ...answer } };
  },

  async tags(look, { ref }) {
    const answer = await unlessMissing(
      (options) => look.target.send('iam.ListSAMLProviderTags', { SAMLProviderArn: ref }, options),
      look,
      missing,
    );
    return tagsIn(answer?.Tags);
  },

  async tag(look, { ref }, tags) {
    await look.target.send('iam.TagSAMLProvider', { SAMLProviderArn: ref, Tags: tagList(tags) }, sendOptions(look));
  },

  contents: async () => [],

  async remove(look, { ref }) {
    await unlessMissing(
      (options) => look.target.send('iam.DeleteSAMLProvider', { SAMLProviderArn: ref }, options),
      look,
      missing,
    );
    return { state: 'gone' };
  },
};
