import { type Text, text } from '#kernel/text.ts';

/**
 * The industry lines (行业领域) along which work safety is supervised (安全生产法 §10: who runs the trade answers for its safety).
 * One committee under the city's work-safety commission for each (“1+19”). That there are nineteen is published; which ones, who
 * leads them and who sits in them is our candidate list, to be corrected by the installation (`confidence`: K common practice
 * in the province's cities, ? to be asked).
 */
export type Line = {
  code: string;
  name: Text;
  /** Key of the city department that leads the committee, as in `departments.ts`. */
  lead: string;
  /** Keys of the departments that sit in it beside the lead. */
  members: readonly string[];
  confidence: 'K' | '?';
};

const line = (code: string, zh: string, en: string, lead: string, members: string, confidence: 'K' | '?' = 'K'): Line => ({
  code,
  name: text(zh, en),
  lead,
  members: members.split(' '),
  confidence,
});

export const lines: readonly Line[] = [
  line('fire', '消防', 'Fire safety', 'xfj', 'yjj gaj zjj jyj wlj swj wjw mzj scj cgj'),
  line('road', '道路交通', 'Road traffic', 'gaj', 'jtj yjj jyj nyj zjj cgj scj qxj'),
  line('construction', '建筑施工', 'Construction', 'zjj', 'yjj jtj cgj swz ylj gaj rsj xfj'),
  line('hazchem', '危险化学品', 'Hazardous chemicals', 'yjj', 'gaj jtj scj sthj gxj xfj zrj'),
  line('pipeline', '油气管道', 'Oil and gas pipelines', 'fgw', 'yjj zrj gaj zjj cgj scj xfj'),
  line('mine', '非煤矿山', 'Non-coal mines', 'yjj', 'zrj gaj sthj gxj'),
  line('coal', '煤矿', 'Coal mines', 'yjj', 'fgw zrj gaj', '?'),
  line('industry', '工贸', 'Industry and trade', 'yjj', 'gxj swj scj xfj'),
  line('special_equipment', '特种设备', 'Special equipment', 'scj', 'yjj zjj jyj wlj wjw'),
  line('gas', '城镇燃气', 'Town gas', 'cgj', 'yjj scj zjj swj jtj gaj xfj'),
  line('firework', '烟花爆竹与民爆', 'Fireworks and civil explosives', 'gaj', 'yjj gxj jtj scj xfj cgj', '?'),
  line('school', '校园', 'Schools', 'jyj', 'gaj wjw scj zjj xfj jtj rsj'),
  line('tourism', '文化旅游', 'Culture and tourism', 'wlj', 'yjj scj jtj gaj xfj ylj tyj'),
  line('commerce', '商贸', 'Commerce', 'swj', 'xfj scj yjj gaj'),
  line('agriculture', '农业农机', 'Agriculture and farm machinery', 'nyj', 'gaj yjj scj', '?'),
  line('water_transport', '水上交通与渔业', 'Water transport and fishery', 'jtj', 'nyj swz gaj yjj wlj', '?'),
  line('power', '电力', 'Electric power', 'fgw', 'gxj yjj gaj xfj', '?'),
  line('railway', '铁路', 'Railways', 'jtj', 'gaj yjj zrj fgw', '?'),
  line('health', '医疗卫生与养老', 'Health care and care for the aged', 'wjw', 'mzj xfj zjj scj yjj'),
];

const byCode = new Map(lines.map((one) => [one.code, one]));

export function findLine(code: string): Line | undefined {
  return byCode.get(code);
}
