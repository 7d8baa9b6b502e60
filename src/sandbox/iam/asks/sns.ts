// https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonsns.html
import { textOf, type Asks, type Input, type Place } from './ask.ts';

/** Who holds the token that was sent may confirm. */
const free = new Set(['ConfirmSubscription']);

export const snsAsks: Asks = (operation, input, place) => {
  if (free.has(operation)) return [];
  const action = `SNS:${operation === 'PublishBatch' ? 'Publish' : operation}`;
  return [{ action, resource: resourceOf(input, place), context: contextOf(input) }];
};

function resourceOf(input: Input, { account, region }: Place): string {
  const arn = textOf(input, 'TopicArn') ?? textOf(input, 'TargetArn') ?? textOf(input, 'ResourceArn');
  if (arn !== undefined) return arn;
  const subscription = textOf(input, 'SubscriptionArn');
  if (subscription !== undefined) return subscription.split(':').slice(0, 6).join(':');
  const application = textOf(input, 'PlatformApplicationArn') ?? textOf(input, 'EndpointArn');
  const phone = textOf(input, 'PhoneNumber') ?? textOf(input, 'phoneNumber');
  return application ?? phone ?? `arn:aws:sns:${region}:${account}:${textOf(input, 'Name') ?? '*'}`;
}

function contextOf(input: Input): Record<string, string> {
  const protocol = textOf(input, 'Protocol');
  const endpoint = textOf(input, 'Endpoint');
  return {
    ...(protocol !== undefined && { 'sns:Protocol': protocol }),
    ...(endpoint !== undefined && { 'sns:Endpoint': endpoint }),
  };
}
