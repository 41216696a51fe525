/** Types by which charts mark rows that only divide and add up, in the words of several programs and languages. */
const types =
  /^(?:heading|header|title|group|parent|section|view|folder|(?:begin|end|sub)?-?total|sum|überschrift|gruppe|summe|titre|rubrique|groupe|kop|titel|totaal|rubrik|grupp|summa|encabezado|grupo|intestazione|gruppo|totale|合计|标题)$/iu;

const totals =
  /^(?:(?:sub|grand)[- ]?)?total(?:s|e|en)?(?:[^\p{L}]|$)|^(?:zwischen|gesamt)?summen?(?:[^\p{L}]|$)|^(?:gesamt|totaal|totaux|summa|somme|suma|итого|合计|总计|小计)(?:[^\p{L}]|$)/iu;

/** Whether a type says that nothing is posted to a row. */
export const isNoPosting = (type: string): boolean => types.test(type);

/** Whether a name is that of a total. */
export const isTotal = (name: string): boolean => totals.test(name);
