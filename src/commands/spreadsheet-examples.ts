/** Examples below the help of the commands for spreadsheets. */
export const spreadsheetExamples: Readonly<
  Record<string, readonly (readonly [command: string, why: string])[]>
> = {
  'import csv': [
    ['ledgerform import csv chart.csv', 'add what ledgerform.yaml lacks; the rest stays as it is'],
    ['ledgerform import csv chart.csv --update', 'and change what the spreadsheet says otherwise'],
    ['ledgerform import csv chart.csv --out chart.yaml', 'a new file, to be named in `extends`'],
    ['ledgerform import csv konten.csv --columns code=Nummer,name=Text', 'headers that are not known'],
    ['ledgerform import csv xero.csv --external', 'look-ups of what the accounting system has'],
  ],
  export: [['ledgerform export csv > chart.csv', 'the accounts of the file, for a spreadsheet']],
  'export csv': [
    ['ledgerform export csv > chart.csv', 'the accounts of the file'],
    ['ledgerform export csv tax_rates --live', 'the tax rates of the organization'],
    ['ledgerform export csv --as xero --out xero.csv', 'in the columns that Xero imports'],
    ['ledgerform export csv --out chart.csv --encoding utf-8-bom', 'for Excel'],
  ],
};
