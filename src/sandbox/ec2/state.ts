/** All that EC2 remembers, as plain data. Ids hold random or hashed digits, so they are keys across accounts and regions. */
export interface Ec2State {
  readonly instances: Map<string, Instance>;
  readonly groups: Map<string, SecurityGroup>;
  /** By group, for those whose rules were changed. */
  readonly rules: Map<string, readonly GroupRule[]>;
  readonly volumes: Map<string, Volume>;
  /** By place and name. */
  readonly keyPairs: Map<string, KeyPair>;
  /** By the id of what is tagged. */
  readonly tags: Map<string, Map<string, string>>;
  /** By place and client token: what was asked, and the reservation that came of it. */
  readonly launches: Map<string, Launch>;
}

export interface Place {
  readonly account: string;
  readonly region: string;
}

export type StateName = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated';

export interface Instance extends Place {
  readonly id: string;
  readonly reservation: string;
  readonly launchIndex: number;
  readonly clientToken: string;
  readonly imageId: string;
  readonly architecture: string;
  readonly keyName: string | undefined;
  readonly subnetId: string;
  readonly groups: readonly string[];
  readonly privateIp: string;
  readonly volumeId: string;
  readonly interfaceId: string;
  readonly profile: { readonly arn: string; readonly id: string } | undefined;
  readonly monitored: boolean;
  type: string;
  userData: string | undefined;
  protected: boolean;
  stopProtected: boolean;
  shutdownBehavior: 'stop' | 'terminate';
  /** The last start; `created` is the first. */
  launched: number;
  readonly created: number;
  /** As it was at `since`; what it has become by now is lifecycle.ts's to say. */
  state: StateName;
  since: number;
}

export interface Launch {
  readonly asked: string;
  readonly reservation: string;
}

export interface SecurityGroup extends Place {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly vpcId: string;
}

/** One peer of one protocol and range of ports. */
export interface GroupRule {
  readonly id: string;
  readonly egress: boolean;
  /** 'tcp'; '-1' for all. */
  readonly protocol: string;
  readonly from?: number;
  readonly to?: number;
  readonly kind: 'ipv4' | 'ipv6' | 'group' | 'list';
  readonly peer: string;
  /** Of a group: its account. */
  readonly owner?: string;
  readonly description?: string;
}

export interface KeyPair extends Place {
  readonly id: string;
  readonly name: string;
  readonly fingerprint: string;
  readonly type: 'rsa' | 'ed25519';
  readonly created: number;
}

export interface Volume extends Place {
  readonly id: string;
  readonly zone: string;
  readonly size: number;
  readonly type: string;
  readonly encrypted: boolean;
  readonly created: number;
  /** The instance whose root device it is. */
  readonly instance?: string;
}

export const emptyState = (): Ec2State => ({
  instances: new Map(),
  groups: new Map(),
  rules: new Map(),
  volumes: new Map(),
  keyPairs: new Map(),
  tags: new Map(),
  launches: new Map(),
});

export const keyOf = ({ account, region }: Place, name: string): string => `${account} ${region} ${name}`;

export const isAt = (place: Place, { account, region }: Place): boolean =>
  place.account === account && place.region === region;
