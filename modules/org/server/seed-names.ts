import { createHash } from 'node:crypto';

const surnames =
  '王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文';
const middles = '建国志明晓文春海永德玉树景成东立正家庆宏广兴世思子长新学少克光大承继守怀若雨云秋嘉清泽润启宜';
const lasts =
  '强伟军勇杰涛超刚平辉鹏飞斌峰磊洋亮宁安康宇晨阳林森岩泉湖山川波浩然诚信义达远博睿轩昊辰敏静丽娟艳芳燕琳慧颖洁梅兰竹菊蕾婷雯倩';

const pickFrom = (chars: readonly string[], n: number): string => chars[n % chars.length] ?? '';
const bytes = (key: string): Buffer => createHash('sha256').update(key).digest();

/** An id that depends on its key alone: the same unit and slot get the same id in every installation and at every seeding. */
export function seedId(kind: string, key: string): string {
  const hex = bytes(`${kind}:${key}`).toString('hex');
  return `0190b000-0001-7${hex.slice(0, 3)}-8${hex.slice(3, 6)}-${hex.slice(6, 18)}`;
}

const families = [...surnames];
const seconds = [...middles];
const thirds = [...lasts];

/** An invented name for a key; `taken` keeps two people of the city from sharing one. */
export function seedName(key: string, taken: Set<string>): string {
  for (let turn = 0; ; turn++) {
    const hash = bytes(`name:${key}:${turn}`);
    const two = hash.readUInt16BE(0) % 5 === 0;
    const name =
      pickFrom(families, hash.readUInt16BE(2)) +
      (two ? '' : pickFrom(seconds, hash.readUInt16BE(4))) +
      pickFrom(thirds, hash.readUInt16BE(6));
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}

/** A telephone number that cannot be anybody's: no mobile network has numbers beginning with 100. */
export function seedPhone(key: string): string {
  return `100${String(bytes(`phone:${key}`).readUInt32BE(0) % 100_000_000).padStart(8, '0')}`;
}
