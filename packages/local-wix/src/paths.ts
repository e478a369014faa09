/** Whether a path is the console's, or a control of tests: not Wix's. */
export function isConsolePath(pathname: string): boolean {
  return pathname === "/" || pathname.startsWith("/_local/");
}

/** Whether a path is that of a Wix API, and not of a page. */
export function isApiPath(pathname: string): boolean {
  return !isConsolePath(pathname) && !pathname.startsWith("/_pages/");
}
