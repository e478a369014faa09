/** Not a route: its folder's name begins with `(_`. */
export default function Part() {
  return <b>part</b>;
}
