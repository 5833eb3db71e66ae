/**
 * Functional zones run a part of the city like a district without being one. Which towns and streets each of them runs is well
 * known but changes by decision of the city (`confidence` K, or ? where sources differ): an installation corrects it in its
 * own data. `code` is the statistical code where there is one, otherwise our own `3701Z…`; reports upward use the district's.
 */
export type Zone = { code: string; name: string; short: string; towns: readonly string[]; confidence: 'K' | '?' };

export const zones: readonly Zone[] = [
  {
    code: '370176',
    name: '济南高新技术产业开发区',
    short: '济南高新区',
    // 舜华路, 孙村, 巨野河, 遥墙, 临港
    towns: ['370176001', '370176002', '370176003', '370176004', '370176005'],
    confidence: 'K',
  },
  {
    code: '3701Z1',
    name: '济南市南部山区',
    short: '南部山区',
    // 仲宫, 柳埠, 西营
    towns: ['370112018', '370112019', '370112021'],
    confidence: 'K',
  },
  {
    code: '3701Z2',
    name: '济南新旧动能转换起步区',
    short: '起步区',
    // 大桥, 崔寨, 孙耿, 太平
    towns: ['370105017', '370115003', '370115004', '370115006'],
    confidence: 'K',
  },
  {
    code: '3701Z3',
    name: '莱芜高新技术产业开发区',
    short: '莱芜高新区',
    // 鹏泉
    towns: ['370116004'],
    confidence: '?',
  },
];
