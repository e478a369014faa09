import "../components/card.css";
import styles from "./Box.module.css";

export default function Box() {
  return <p id="box" class={styles.box}>box</p>;
}
