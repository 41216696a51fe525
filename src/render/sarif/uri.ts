/** The path of a file as a URI: relative to the root of the repository, or with `file:` where it is absolute. */
export function uriOf(path: string): { readonly uri: string; readonly uriBaseId?: '%SRCROOT%' } {
  const onDrive = /^[A-Za-z]:[\\/]/.test(path);
  const whole = (onDrive ? path.replaceAll('\\', '/') : path).replace(/\p{Cs}/gu, '\ufffd');
  const encoded = whole.split('/').map(encodeURIComponent).join('/');
  if (onDrive) return { uri: `file:///${encoded.replace('%3A', ':')}` };
  return path.startsWith('/') ? { uri: `file://${encoded}` } : { uri: encoded, uriBaseId: '%SRCROOT%' };
}
