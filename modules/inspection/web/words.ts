/** Words of the report form's aids and of the details. */
export const words = {
  library: { zh: '选用标准用语', en: 'Choose a standard wording' },
  find: { zh: '输入关键词，如“灭火器”“配电箱”', en: 'Keywords, e.g. extinguisher' },
  none: { zh: '没有相近的标准用语，请直接填写', en: 'No such wording; write it yourself' },
  basis: { zh: '依据', en: 'Basis' },
  penalty: { zh: '罚则', en: 'Penalty' },
  chosen: { zh: '已选用', en: 'Chosen' },
  similar: { zh: '该处已有相似隐患，请先核对是否重复上报', en: 'Much like hazards already known here; is it one of them?' },
  alike: { zh: '相似度 {n}%', en: '{n}% alike' },
  former: { zh: '反复出现：此前已销号的同类隐患', en: 'Came back: the former one, closed before' },
  later: { zh: '销号后再次出现', en: 'Came back later' },
} as const;
