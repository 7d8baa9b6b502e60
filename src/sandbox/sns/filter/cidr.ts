import { BlockList, isIP } from 'node:net';

/** What is wrong with `10.0.0.0/24`, in AWS's words. */
export function checkCidr(text: string): string | undefined {
  const [address = '', bits, ...more] = text.split('/');
  if (bits === undefined || more.length > 0) return "Malformed CIDR, one '/' required";
  if (!/^\d+$/.test(bits)) return 'Malformed CIDR, mask bits must be an integer';
  const family = isIP(address);
  if (family === 0) return `Nonstandard IP address: ${address}`;
  return Number(bits) > (family === 4 ? 32 : 128) ? 'Malformed CIDR, mask bits must not be more than 32' : undefined;
}

export function isInCidr(cidr: string, address: string): boolean {
  const [net = '', bits = ''] = cidr.split('/');
  const family = isIP(net);
  if (family === 0 || isIP(address) !== family) return false;
  const type = family === 4 ? 'ipv4' : 'ipv6';
  const list = new BlockList();
  list.addSubnet(net, Number(bits), type);
  return list.check(address, type);
}
