/** GB 18218-2018 辨识与分级 as data: amounts in tonnes. */
export type Substance = { name: string; cas: string; limit: number };
export type Category = { symbol: string; name: string; limit: number; beta: number };

export const gb18218 = { standard: 'GB 18218-2018', effective: '2019-03-01' } as const;

/** Table 1: critical amount (临界量) of named substances. A substance without a single CAS number has an empty one. */
export const substances: readonly Substance[] = [
  { name: '氨', cas: '7664-41-7', limit: 10 },
  { name: '二氟化氧', cas: '7783-41-7', limit: 1 },
  { name: '二氧化氮', cas: '10102-44-0', limit: 1 },
  { name: '二氧化硫', cas: '7446-09-5', limit: 20 },
  { name: '氟', cas: '7782-41-4', limit: 1 },
  { name: '碳酰氯(光气)', cas: '75-44-5', limit: 0.3 },
  { name: '环氧乙烷', cas: '75-21-8', limit: 10 },
  { name: '甲醛(含量>90%)', cas: '50-00-0', limit: 5 },
  { name: '磷化氢', cas: '7803-51-2', limit: 1 },
  { name: '硫化氢', cas: '7783-06-4', limit: 5 },
  { name: '氯化氢(无水)', cas: '7647-01-0', limit: 20 },
  { name: '氯', cas: '7782-50-5', limit: 5 },
  { name: '煤气(CO,CO与H2、CH4混合物)', cas: '', limit: 20 },
  { name: '砷化氢', cas: '7784-42-1', limit: 1 },
  { name: '锑化氢', cas: '7803-52-3', limit: 1 },
  { name: '硒化氢', cas: '7783-07-5', limit: 1 },
  { name: '溴甲烷', cas: '74-83-9', limit: 10 },
  { name: '丙酮氰醇', cas: '75-86-5', limit: 20 },
  { name: '丙烯醛', cas: '107-02-8', limit: 20 },
  { name: '氟化氢', cas: '7664-39-3', limit: 1 },
  { name: '1-氯-2,3-环氧丙烷(环氧氯丙烷)', cas: '106-89-8', limit: 20 },
  { name: '3-溴-1,2-环氧丙烷(环氧溴丙烷)', cas: '3132-64-7', limit: 20 },
  { name: '甲苯二异氰酸酯', cas: '26471-62-5', limit: 100 },
  { name: '一氯化硫', cas: '10025-67-9', limit: 1 },
  { name: '氰化氢', cas: '74-90-8', limit: 1 },
  { name: '三氧化硫', cas: '7446-11-9', limit: 75 },
  { name: '3-氨基丙烯(烯丙胺)', cas: '107-11-9', limit: 20 },
  { name: '溴', cas: '7726-95-6', limit: 20 },
  { name: '乙撑亚胺', cas: '151-56-4', limit: 20 },
  { name: '异氰酸甲酯', cas: '624-83-9', limit: 0.75 },
  { name: '叠氮化钡', cas: '18810-58-7', limit: 0.5 },
  { name: '叠氮化铅', cas: '13424-46-9', limit: 0.5 },
  { name: '雷汞', cas: '628-86-4', limit: 0.5 },
  { name: '三硝基苯甲醚', cas: '28653-16-9', limit: 5 },
  { name: '2,4,6-三硝基甲苯', cas: '118-96-7', limit: 5 },
  { name: '硝化甘油', cas: '55-63-0', limit: 1 },
  { name: '硝化纤维素[干的或含水(或乙醇)<25%]', cas: '9004-70-0', limit: 1 },
  { name: '硝化纤维素(未改型的,或增塑的,含增塑剂<18%)', cas: '9004-70-0', limit: 1 },
  { name: '硝化纤维素(含乙醇≥25%)', cas: '9004-70-0', limit: 10 },
  { name: '硝化纤维素(含氮≤12.6%)', cas: '9004-70-0', limit: 50 },
  { name: '硝化纤维素(含水≥25%)', cas: '9004-70-0', limit: 50 },
  { name: '硝化纤维素溶液(含氮量≤12.6%,含硝化纤维素≤55%)', cas: '9004-70-0', limit: 50 },
  { name: '硝酸铵(含可燃物>0.2%,包括以碳计算的任何有机物,但不包括任何其他添加剂)', cas: '6484-52-2', limit: 5 },
  { name: '硝酸铵(含可燃物≤0.2%)', cas: '6484-52-2', limit: 50 },
  { name: '硝酸铵肥料(含可燃物≤0.4%)', cas: '', limit: 200 },
  { name: '硝酸钾', cas: '7757-79-1', limit: 1000 },
  { name: '1,3-丁二烯', cas: '106-99-0', limit: 5 },
  { name: '二甲醚', cas: '115-10-6', limit: 50 },
  { name: '甲烷,天然气', cas: '74-82-8', limit: 50 },
  { name: '氯乙烯', cas: '75-01-4', limit: 50 },
  { name: '氢', cas: '1333-74-0', limit: 5 },
  { name: '液化石油气(含丙烷、丁烷及其混合物)', cas: '68476-85-7', limit: 50 },
  { name: '一甲胺', cas: '74-89-5', limit: 5 },
  { name: '乙炔', cas: '74-86-2', limit: 1 },
  { name: '乙烯', cas: '74-85-1', limit: 50 },
  { name: '氧(压缩的或液化的)', cas: '7782-44-7', limit: 200 },
  { name: '苯', cas: '71-43-2', limit: 50 },
  { name: '苯乙烯', cas: '100-42-5', limit: 500 },
  { name: '丙酮', cas: '67-64-1', limit: 500 },
  { name: '2-丙烯腈', cas: '107-13-1', limit: 50 },
  { name: '二硫化碳', cas: '75-15-0', limit: 50 },
  { name: '环己烷', cas: '110-82-7', limit: 500 },
  { name: '1,2-环氧丙烷', cas: '75-56-9', limit: 10 },
  { name: '甲苯', cas: '108-88-3', limit: 500 },
  { name: '甲醇', cas: '67-56-1', limit: 500 },
  { name: '汽油(乙醇汽油、甲醇汽油)', cas: '86290-81-5', limit: 200 },
  { name: '乙醇', cas: '64-17-5', limit: 500 },
  { name: '乙醚', cas: '60-29-7', limit: 10 },
  { name: '乙酸乙酯', cas: '141-78-6', limit: 500 },
  { name: '正己烷', cas: '110-54-3', limit: 500 },
  { name: '过乙酸', cas: '79-21-0', limit: 10 },
  { name: '过氧化甲基乙基酮(10%<有效氧含量≤10.7%,含A型稀释剂≥48%)', cas: '1338-23-4', limit: 10 },
  { name: '白磷', cas: '12185-10-3', limit: 50 },
  { name: '烷基铝', cas: '', limit: 1 },
  { name: '戊硼烷', cas: '19624-22-7', limit: 1 },
  { name: '过氧化钾', cas: '17014-71-0', limit: 20 },
  { name: '过氧化钠', cas: '1313-60-6', limit: 20 },
  { name: '氯酸钾', cas: '3811-04-9', limit: 100 },
  { name: '氯酸钠', cas: '7775-09-9', limit: 100 },
  { name: '发烟硝酸', cas: '52583-42-3', limit: 20 },
  { name: '硝酸(发红烟的除外,含硝酸>70%)', cas: '7697-37-2', limit: 100 },
  { name: '硝酸胍', cas: '506-93-4', limit: 50 },
  { name: '碳化钙', cas: '75-20-7', limit: 100 },
  { name: '钾', cas: '7440-09-7', limit: 1 },
  { name: '钠', cas: '7440-23-5', limit: 10 },
];

/** Tables 2 and 4: critical amount and correction factor β by hazard category, for what table 1 does not name. */
export const categories: readonly Category[] = [
  { symbol: 'J1', name: '急性毒性 类别1 所有暴露途径,气体', limit: 5, beta: 4 },
  { symbol: 'J2', name: '急性毒性 类别1 所有暴露途径,固体、液体', limit: 50, beta: 1 },
  { symbol: 'J3', name: '急性毒性 类别2、类别3 所有暴露途径,气体', limit: 50, beta: 2 },
  { symbol: 'J4', name: '急性毒性 类别2、类别3 吸入途径,液体(沸点≤35℃)', limit: 50, beta: 2 },
  { symbol: 'J5', name: '急性毒性 类别2 所有暴露途径,液体(除J4外)、固体', limit: 500, beta: 1 },
  { symbol: 'W1.1', name: '爆炸物 不稳定爆炸物/1.1项', limit: 1, beta: 2 },
  { symbol: 'W1.2', name: '爆炸物 1.2、1.3、1.5、1.6项', limit: 10, beta: 2 },
  { symbol: 'W1.3', name: '爆炸物 1.4项', limit: 50, beta: 2 },
  { symbol: 'W2', name: '易燃气体 类别1、2', limit: 10, beta: 1.5 },
  { symbol: 'W3', name: '气溶胶 类别1、2(净重)', limit: 150, beta: 1 },
  { symbol: 'W4', name: '氧化性气体 类别1', limit: 50, beta: 1 },
  { symbol: 'W5.1', name: '易燃液体 类别1;类别2和3且工作温度高于沸点', limit: 10, beta: 1.5 },
  {
    symbol: 'W5.2',
    name: '易燃液体 类别2和3,具有引发重大事故的特殊工艺条件(危险化工工艺、爆炸极限范围或附近操作、操作压力>1.6MPa等)',
    limit: 50,
    beta: 1,
  },
  { symbol: 'W5.3', name: '不属于W5.1/W5.2的其他类别2', limit: 1000, beta: 1 },
  { symbol: 'W5.4', name: '不属于W5.1/W5.2的其他类别3', limit: 5000, beta: 1 },
  { symbol: 'W6.1', name: '自反应物质 A型和B型', limit: 10, beta: 1.5 },
  { symbol: 'W6.2', name: '自反应物质 C、D、E型', limit: 50, beta: 1 },
  { symbol: 'W7.1', name: '有机过氧化物 A型和B型', limit: 10, beta: 1.5 },
  { symbol: 'W7.2', name: '有机过氧化物 C、D、E、F型', limit: 50, beta: 1 },
  { symbol: 'W8', name: '自燃液体/自燃固体 类别1', limit: 50, beta: 1 },
  { symbol: 'W9.1', name: '氧化性固体和液体 类别1', limit: 50, beta: 1 },
  { symbol: 'W9.2', name: '氧化性固体和液体 类别2、3', limit: 200, beta: 1 },
  { symbol: 'W10', name: '易燃固体 类别1', limit: 200, beta: 1 },
  { symbol: 'W11', name: '遇水放出易燃气体的物质 类别1、2', limit: 200, beta: 1 },
];

/** Table 3: β of toxic gases, by CAS number; it goes before the category's. */
export const toxicBeta: Readonly<Record<string, number>> = {
  // 一氧化碳
  '630-08-0': 2,
  // 二氧化硫
  '7446-09-5': 2,
  // 氨
  '7664-41-7': 2,
  // 环氧乙烷
  '75-21-8': 2,
  // 氯化氢
  '7647-01-0': 3,
  // 溴甲烷
  '74-83-9': 3,
  // 氯
  '7782-50-5': 4,
  // 硫化氢
  '7783-06-4': 5,
  // 氟化氢
  '7664-39-3': 5,
  // 二氧化氮
  '10102-44-0': 10,
  // 氰化氢
  '74-90-8': 10,
  // 碳酰氯
  '75-44-5': 20,
  // 磷化氢
  '7803-51-2': 20,
  // 异氰酸甲酯
  '624-83-9': 20,
};

/** Table 5: exposure factor α by the people who are permanently within 500 m of the plant's border. Highest first. */
export const exposure: readonly { from: number; alpha: number }[] = [
  { from: 100, alpha: 2 },
  { from: 50, alpha: 1.5 },
  { from: 30, alpha: 1.2 },
  { from: 1, alpha: 1 },
  { from: 0, alpha: 0.5 },
];

export type MajorGrade = 1 | 2 | 3 | 4;
/** Table 6: 一级 to 四级 by R. Highest first. */
export const grades: readonly { from: number; grade: MajorGrade }[] = [
  { from: 100, grade: 1 },
  { from: 50, grade: 2 },
  { from: 10, grade: 3 },
  { from: 0, grade: 4 },
];
