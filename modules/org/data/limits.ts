/**
 * The longest delegation (代理), in days: half a year covers a posting, a training course, a long illness. No law sets a period;
 * whoever is away longer is replaced by a post given for the time. Rights that nobody reviews outlive their reason
 * (GB/T 22239-2019 8.1.4.2 c: 及时删除或停用多余的、过期的账户).
 */
export const longestDelegationDays = 180;
