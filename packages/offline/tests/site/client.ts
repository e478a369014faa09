import "./assets/styles.css";

document.documentElement.dataset.client = "ran";
