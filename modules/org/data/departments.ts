/**
 * The departments of a people's government that take part in emergency management, by a key that is the same in the city and in
 * the districts. `lines` are those it supervises as the department in charge of the trade; several may share a line.
 */
export type Department = {
  key: string;
  /** As in `济南市应急管理局`. */
  name: string;
  /** As in `市应急局`. */
  short: string;
  lines: readonly string[];
  /** The name in districts and counties where it differs; null where they have no such department. */
  local?: { name: string; short: string } | null;
  /**
   * An organ of the city that works in the districts: `full` 济南市公安局历下区分局, `stem` 济南市自然资源和规划局历下分局, in both cases the
   * county's own in counties; `stem_everywhere` in counties too (济南市生态环境局平阴分局).
   */
  branch?: 'full' | 'stem' | 'stem_everywhere';
};

const dep = (key: string, name: string, short: string, lines = '', more: Pick<Department, 'local' | 'branch'> = {}): Department => ({
  key,
  name,
  short,
  lines: lines === '' ? [] : lines.split(' '),
  ...more,
});

export const departments: readonly Department[] = [
  dep('yjj', '应急管理局', '应急局', 'hazchem mine coal industry firework'),
  dep('xfj', '消防救援支队', '消防支队', 'fire', { local: { name: '消防救援大队', short: '消防大队' } }),
  dep('gaj', '公安局', '公安局', 'road firework', { branch: 'full' }),
  dep('zjj', '住房和城乡建设局', '住建局', 'construction'),
  dep('jtj', '交通运输局', '交通局', 'road water_transport railway'),
  dep('cgj', '城市管理局', '城管局', 'gas'),
  dep('scj', '市场监督管理局', '市场监管局', 'special_equipment'),
  dep('jyj', '教育局', '教育局', 'school', { local: { name: '教育和体育局', short: '教体局' } }),
  dep('wlj', '文化和旅游局', '文旅局', 'tourism'),
  dep('swj', '商务局', '商务局', 'commerce'),
  dep('nyj', '农业农村局', '农业农村局', 'agriculture water_transport'),
  dep('gxj', '工业和信息化局', '工信局', 'industry firework'),
  dep('fgw', '发展和改革委员会', '发改委', 'pipeline power coal', { local: { name: '发展和改革局', short: '发改局' } }),
  dep('wjw', '卫生健康委员会', '卫健委', 'health', { local: { name: '卫生健康局', short: '卫健局' } }),
  dep('mzj', '民政局', '民政局', 'health'),
  dep('swz', '城乡水务局', '水务局'),
  dep('zrj', '自然资源和规划局', '自然资源局', '', { branch: 'stem' }),
  dep('sthj', '生态环境局', '生态环境局', '', { branch: 'stem_everywhere' }),
  dep('qxj', '气象局', '气象局'),
  dep('ylj', '园林和林业绿化局', '园林林业局', '', { local: null }),
  dep('rsj', '人力资源和社会保障局', '人社局'),
  dep('czj', '财政局', '财政局'),
  dep('sfj', '司法局', '司法局'),
  dep('gzw', '国有资产监督管理委员会', '国资委', '', { local: null }),
  dep('tyj', '体育局', '体育局', '', { local: null }),
  dep('kjj', '科学技术局', '科技局', '', { local: null }),
  dep('dsj', '大数据局', '大数据局', '', { local: null }),
  dep('xsj', '行政审批服务局', '审批服务局', '', { local: null }),
];

/** Districts and counties with a weather office of their own. */
export const weatherOffices: readonly string[] = ['370113', '370114', '370115', '370116', '370124', '370126'];

/**
 * A zone's administrative committee has fewer organs, each with more trades. Only 应急管理局 of 南部山区 was read in a published source;
 * the rest is a plausible division of labour that covers every line, to be corrected by the installation.
 */
export const zoneDepartments: readonly Department[] = [
  dep('yjj', '应急管理局', '应急局', 'hazchem mine coal industry firework'),
  dep('xfj', '消防救援大队', '消防大队', 'fire'),
  dep('gaj', '公安局', '公安局', 'road firework', { branch: 'full' }),
  dep('jsj', '建设管理局', '建管局', 'construction gas road railway'),
  dep('scj', '市场监督管理局', '市场监管局', 'special_equipment'),
  dep('shj', '社会事务局', '社会事务局', 'school health tourism'),
  dep('jfj', '经济发展局', '经发局', 'industry commerce power pipeline'),
  dep('nyj', '农业农村局', '农业农村局', 'agriculture water_transport'),
];
