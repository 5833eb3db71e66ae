/**
 * What remains of common passwords once digits and signs are taken away: keyboard walks, the words everybody tries first, and
 * what officials' passwords here are made of (place, bureau, brand). Gathered from published lists of leaked passwords.
 */
export const commonWords: ReadonlySet<string> = new Set(
  `a aa aaa ab abc abcd abcde abcdef abcdefg abcabc aabb abab aaaa asd asdf asdfg asdfgh asdfghjkl q qq qqq qw qwe qwer qwert qwerty
  qwertyui qwertyuiop qweasd qweasdzxc qazwsx qazwsxedc qaz wsx zaqwsx zaq zxc zxcv zxcvb zxcvbn zxcvbnm z zz x xx s w p m l k t
  password passwd pass passw passwort mypassword pwd mima kouling admin administrator administrater sysadmin superadmin manager root toor
  system super superuser user username guest test testtest tester demo temp default login logon welcome hello helloworld letmein changeme
  change secret master access server oracle mysql postgres postgresql linux windows cisco huawei zte lenovo dell hikvision dahua
  alibaba tencent baidu weixin wechat iloveyou ilove love lovely loveyou woaini woaiwojia woai aini wo ai princess dragon monkey football baseball
  sunshine shadow superman batman trustno michael jordan computer internet samsung apple google facebook
  china zhongguo beijing shandong jinan quancheng qingdao jn sd yingji yingjiju yingjiguanli yjj yjgl anquan anquanshengchan anjian
  ajj xiaofang shouyeren vigil zhengfu gongan weixian jianguan zhifa wangluo xitong guanli guanliyuan yonghu ceshi
  spring summer autumn fall winter monday friday january october december`.split(/\s+/),
);
